"""Tokens of local accounts: signing in, what each role may, how tokens end, and TLS without client certificates."""
import base64
import hmac
import http.server
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

from certificates import Authority
from server import BIN, Server

PASSWORD = "correct horse battery"
REFUSED = 4
LONGEST_S = 10


class Person:
    """Somebody at a machine of their own: their tokens stand in a folder of their own."""

    def __init__(self, folder, server, flags=()):
        self.folder = folder
        self.server = server
        self.flags = [*map(str, flags)]
        folder.mkdir(mode=0o700)

    def ctl(self, *words, stdin=PASSWORD + "\n"):
        run = subprocess.run([BIN / "ccfactl", "--server", self.server.address, "--json", *self.flags, *map(str, words)],
                             env=dict(os.environ, XDG_RUNTIME_DIR=str(self.folder)), input=stdin,
                             capture_output=True, text=True, timeout=60, check=False)
        error = {}
        for line in run.stderr.splitlines():
            if line.startswith("{"):
                error = json.loads(line)
        return run.returncode, run.stdout, error.get("reason", "")

    def login(self, user):
        return self.ctl("login", "--user", user, "--password-file", "-")


def totp(secret):
    """The code of now that an authenticator shows (RFC 6238)."""
    step = int(time.time()) // 30
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


class Provider:
    """An identity provider's two pages, over HTTPS; its keys are those of a file."""

    def __init__(self, identity):
        provider = self

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                found = self.path in ("/.well-known/openid-configuration", "/keys") and provider.keys is not None
                body = (json.dumps({"issuer": provider.issuer, "jwks_uri": provider.issuer + "/keys"}).encode()
                        if self.path.endswith("configuration") else found and provider.keys.read_bytes())
                self.send_response(200 if found else 503)
                self.end_headers()
                self.wfile.write(body if found else b"")

            def log_message(self, *words):
                pass

        self.keys = None
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(identity.cert, identity.key)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.issuer = f"https://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()


class Accounts(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-identity-"))
        self.addCleanup(shutil.rmtree, self.scratch)

    def start(self, name="data", flags=(), caller_flags=(), **options):
        server = Server(self.scratch / name, arguments=["--identity", "accounts", *map(str, flags)], **options).start()
        self.addCleanup(server.kill)
        root = Person(self.scratch / (name + "-root"), server, caller_flags)
        secret = server.data / "identity" / "bootstrap-secret"
        self.assertNotIn(secret.read_text(encoding="utf-8"), server.log.read_text(encoding="utf-8"))
        code, _, why = root.ctl("accounts", "bootstrap", "root", "--secret-file", secret, "--password-file", "-")
        self.assertEqual((code, why), (0, ""))
        self.assertFalse(secret.exists())
        self.assertEqual(root.login("root")[0], 0)
        self.assertEqual(root.ctl("settle")[0], 0)
        return server, root

    def person(self, server, root, user, *rights, flags=()):
        self.assertEqual(root.ctl("accounts", "add", user, *rights, "--password-file", "-")[0], 0)
        person = Person(self.scratch / f"{server.data.name}-{user}", server, flags)
        self.assertEqual(person.login(user)[0], 0)
        return person

    # F70
    def test_who_has_no_token_asks_nothing_and_who_has_one_what_their_role_may(self):
        server, root = self.start()
        stranger = Person(self.scratch / "stranger", server)
        self.assertEqual(stranger.ctl("--as", "administrator:root", "where", "--lat", 52.6, "--lon", 2.1)[2],
                         "TOKEN_MISSING")
        self.assertEqual(root.ctl("wards", "import", pathlib.Path(os.environ["CCFA_DEMO"]) / "wards.geojson")[0], 0)
        self.assertEqual(root.ctl("teams", "create", "--one-per-ward")[0], 0)
        lee = self.person(server, root, "lee", "--roles", "coordinator", "--councils", "E08900001")
        log = ("calls", "log", "--category", "litter", "--summary", "Litter in the lane", "--source", "phone",
               "--council")
        self.assertEqual(lee.ctl(*log, "E08900001")[0], 0)
        # Another council's, another role's, and somebody else's name.
        self.assertEqual(lee.ctl(*log, "E07900001")[::2], (REFUSED, "NOT_YOUR_COUNCIL"))
        self.assertEqual(lee.ctl("calls", "list", "--council", "E07900001")[2], "NOT_YOUR_COUNCIL")
        self.assertEqual(lee.ctl("verify")[2], "ROLE_MAY_NOT")
        self.assertEqual(lee.ctl("--as", "administrator:root", "verify")[2], "NOT_YOUR_ROLE")
        self.assertEqual(lee.ctl("accounts", "list")[2], "ROLE_MAY_NOT")
        self.assertEqual(root.ctl("verify")[0], 0)
        # What is recorded is who the token speaks for.
        listed = root.ctl("calls", "list", "--council", "E08900001")[1]
        name = json.loads(listed.splitlines()[0])["name"]
        history = root.ctl("history", name)[1]
        self.assertIn("coordinator:lee", history)

    # F70
    def test_without_a_flag_nobody_is_believed_and_the_log_says_what_to_do_next(self):
        server = Server(self.scratch / "plain", identity=None).start()
        self.addCleanup(server.kill)
        stranger = Person(self.scratch / "stranger", server)
        self.assertEqual(stranger.ctl("--as", "administrator:root", "verify")[2], "TOKEN_MISSING")
        said = server.log.read_text(encoding="utf-8")
        secret = server.data / "identity" / "bootstrap-secret"
        self.assertIn(f"ccfactl accounts bootstrap NAME --secret-file {secret}", said)
        self.assertNotIn("callers_trusted", said)
        server.stop()
        server.identity = "trusted"
        server.start()
        self.assertEqual(stranger.ctl("--as", "administrator:root", "verify")[0], 0)
        self.assertIn("callers_trusted", server.log.read_text(encoding="utf-8"))

    # F70
    def test_who_is_disabled_is_out_within_seconds(self):
        server, root = self.start()
        lee = self.person(server, root, "lee", "--roles", "coordinator", "--councils", "E08900001")
        where = ("where", "--lat", 52.6, "--lon", 2.1)
        self.assertNotIn("TOKEN", lee.ctl(*where)[2])
        self.assertEqual(root.ctl("accounts", "disable", "lee")[0], 0)
        deadline = time.monotonic() + LONGEST_S
        while lee.ctl(*where)[2] != "TOKEN_REVOKED":
            self.assertLess(time.monotonic(), deadline)
        self.assertEqual(lee.login("lee")[2], "SIGN_IN_REFUSED")
        self.assertEqual(root.ctl("accounts", "rotate-keys")[0], 0)
        self.assertEqual(root.login("root")[0], 0)
        self.assertEqual(root.ctl("accounts", "list")[0], 0)
        # Signed out, their token is refused too when somebody sends it again.
        kept = root.folder / "ccfa" / (server.address.replace(":", "_") + ".token")
        token = kept.read_text(encoding="utf-8")
        self.assertEqual(root.ctl("logout")[0], 0)
        self.assertEqual(root.ctl("accounts", "list")[2], "TOKEN_MISSING")
        kept.write_text(token, encoding="utf-8")
        deadline = time.monotonic() + LONGEST_S
        while root.ctl("accounts", "list")[2] != "TOKEN_REVOKED":
            self.assertLess(time.monotonic(), deadline)
        # Nothing secret in the log.
        said = server.log.read_text(encoding="utf-8")
        self.assertNotIn(PASSWORD, said)
        self.assertNotIn("eyJ", said)

    # F70
    def test_who_has_enrolled_signs_in_with_a_code_that_counts_once(self):
        server, root = self.start()
        lee = self.person(server, root, "lee", "--roles", "coordinator", "--councils", "E08900001")
        code, said, _ = lee.ctl("accounts", "totp", "--password-file", "-")
        self.assertEqual(code, 0)
        self.assertEqual(lee.login("lee")[2], "SIGN_IN_REFUSED")
        sign_in = ("login", "--user", "lee", "--password-file", "-", "--code", totp(json.loads(said)["secret"]))
        self.assertEqual(lee.ctl(*sign_in)[0], 0)
        self.assertEqual(lee.ctl(*sign_in)[2], "SIGN_IN_REFUSED")
        self.assertEqual(root.ctl("accounts", "reset-totp", "lee")[0], 0)
        self.assertEqual(lee.login("lee")[0], 0)

    # F70
    def test_with_tokens_callers_need_no_certificate_and_another_process_takes_them(self):
        ours = Authority(self.scratch / "our")
        good = ours.certify("server")
        pair = ["--tls-cert", good.cert, "--tls-key", good.key]
        server, root = self.start(flags=pair, caller_flags=["--tls-ca", ours.cert], host="0.0.0.0")
        self.assertEqual(root.ctl("accounts", "list")[0], 0)
        issued = server.data / "identity"
        other = Server(self.scratch / "other", arguments=[
            *pair, "--identity", f"jwks={issued / 'jwks.json'}", "--identity-denied", issued / "denied"]).start()
        self.addCleanup(other.kill)
        token = (root.folder / "ccfa" / (server.address.replace(":", "_") + ".token")).read_text(encoding="utf-8")
        there = Person(self.scratch / "there", other, root.flags)
        (there.folder / "ccfa").mkdir()
        (there.folder / "ccfa" / (other.address.replace(":", "_") + ".token")).write_text(token, encoding="utf-8")
        deadline = time.monotonic() + LONGEST_S
        while there.ctl("verify")[0] != 0:
            self.assertLess(time.monotonic(), deadline)
        # It takes tokens and gives none.
        self.assertEqual(there.ctl("accounts", "list")[0], 1)

    # F70
    def test_tokens_of_a_provider_count_as_long_as_its_keys_do_and_while_it_is_away(self):
        ours = Authority(self.scratch / "our")
        provider = Provider(ours.certify("provider"))
        self.addCleanup(provider.close)
        issuer, root = self.start("issuer", flags=["--identity-issuer", provider.issuer])
        provider.keys = issuer.data / "identity" / "jwks.json"
        server = Server(self.scratch / "there", arguments=["--identity", "oidc=" + provider.issuer, "--identity-ca",
                                                           str(ours.cert)]).start()
        self.addCleanup(server.kill)
        there = Person(self.scratch / "person", server)

        def take_token():
            folder = there.folder / "ccfa"
            folder.mkdir(exist_ok=True)
            token = (root.folder / "ccfa" / (issuer.address.replace(":", "_") + ".token")).read_text(encoding="utf-8")
            (folder / (server.address.replace(":", "_") + ".token")).write_text(token, encoding="utf-8")

        def await_answer(seconds):
            deadline = time.monotonic() + seconds
            while (answer := there.ctl("verify"))[0] != 0:
                self.assertLess(time.monotonic(), deadline, answer)

        take_token()
        await_answer(LONGEST_S)
        # A new key is fetched when a token names it: at most every ten seconds.
        self.assertEqual(root.ctl("accounts", "rotate-keys")[0], 0)
        self.assertEqual(root.login("root")[0], 0)
        take_token()
        await_answer(3 * LONGEST_S)
        provider.keys = None
        self.assertEqual(there.ctl("verify")[0], 0)

    def test_what_cannot_be_is_said_at_the_start(self):
        for flags, said in ((["--identity", "nonsense"], "--identity"),
                            (["--identity", "jwks=/nowhere"], "/nowhere"),
                            (["--identity", "oidc=http://sign-in.example"], "https"),
                            (["--identity", "jwks=/nowhere", "--identity-denied", "/nobody"], "/nobody"),
                            (["--identity", "accounts", "--identity-denied", "x"], "--identity-denied"),
                            (["--identity", "accounts=127.0.0.1:7405", "--identity-denied", "x"], "--identity-denied"),
                            (["--identity", "accounts=here"], "accounts=HOST:PORT"),
                            (["--identity", "accounts=192.0.2.1:7405"], "needs TLS")):
            run = subprocess.run([BIN / "ccfa-all", "--data", self.scratch / "bad", "--listen", "127.0.0.1:0", *flags],
                                 capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(run.returncode, 1)
            self.assertIn(said, run.stderr)


if __name__ == "__main__":
    unittest.main()
