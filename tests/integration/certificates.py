"""Authorities and certificates for tests, by openssl."""
import os
import shutil
import subprocess

EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
ENDED = -1  # days: valid until yesterday


def openssl(*words, **options):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, timeout=30, **options)


class Identity:
    """A folder with a certificate, its key and the authorities it believes."""

    def __init__(self, folder):
        self.folder = folder
        self.cert, self.key, self.ca = folder / "tls.crt", folder / "tls.key", folder / "ca.crt"

    @property
    def flags(self):
        return ["--tls-cert", self.cert, "--tls-key", self.key, "--tls-ca", self.ca]

    def copy(self, folder):
        shutil.copytree(self.folder, folder)
        return Identity(folder)

    def take(self, other):
        """Gets another's files, each of them at once."""
        for name in ("tls.crt", "tls.key", "ca.crt"):
            shutil.copy(other.folder / name, self.folder / (name + ".new"))
            os.replace(self.folder / (name + ".new"), self.folder / name)


class Authority:
    def __init__(self, folder):
        self.folder = folder
        self.cert, self.key = folder / "authority.crt", folder / "authority.key"
        folder.mkdir(parents=True)
        openssl("req", "-x509", *EC, "-days", 2, "-subj", f"/CN={folder.name} authority", "-keyout", self.key,
                "-out", self.cert, "-addext", "basicConstraints=critical,CA:TRUE",
                "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def certify(self, name, names="DNS:localhost,IP:127.0.0.1", days=2, believes=None):
        """A certificate of this authority, for these names; it believes another authority than its own if told."""
        identity = Identity(self.folder / name)
        identity.folder.mkdir()
        request = identity.folder / "request"
        openssl("req", "-new", *EC, "-subj", f"/CN={name}", "-keyout", identity.key, "-out", request)
        extensions = (f"subjectAltName={names}\nbasicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\n"
                      "extendedKeyUsage=serverAuth,clientAuth\n")
        openssl("x509", "-req", "-in", request, "-CA", self.cert, "-CAkey", self.key, "-CAcreateserial",
                "-days", days, "-out", identity.cert, "-extfile", "/dev/stdin", input=extensions.encode())
        request.unlink()
        shutil.copy((believes or self).cert, identity.ca)
        return identity
