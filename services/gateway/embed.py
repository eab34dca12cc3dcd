"""Writes a C++ file that makes other files part of the program, for embedded.cc.

  embed.py OUT.cc --plain FILE... --templates FILE... --assets FILE...

Beside OUT.cc stand the assets as they are served, and gzipped. An asset's URL has a hash of what it holds, so that
browsers may keep it for ever; one names another that stands before it in the list as "./NAME", and gets its URL."""
import argparse
import gzip
import hashlib
import pathlib
import re

ENTRY = "    {{{kind}, \"{name}\", \"{served}\", Between(ccfa_file_{n}, ccfa_file_{n}_end), {zipped}}},\n"


def incbin(label, path):
    return f'    "{label}: .incbin \\"{path}\\"\\n{label}_end:\\n"\n'


def served_as(path, body):
    """console.css is served as console-1a2b3c4d.css."""
    return f"{path.stem}-{hashlib.sha256(body).hexdigest()[:8]}{path.suffix}"


def write_assets(files, folder):
    """Each asset's name, the name it is served under, and where it stands as it is served."""
    folder.mkdir(parents=True, exist_ok=True)
    served = {}
    for path in files:
        body = path.read_bytes()
        # The maps they point to are not served.
        body = re.sub(rb"\s*(//|/\*)# sourceMappingURL=\S+( \*/)?\s*$", b"\n", body)
        if path.suffix == ".js":
            for name, url in served.items():
                body = body.replace(f'"./{name}"'.encode(), f'"./{url}"'.encode())
        served[path.name] = served_as(path, body)
        written = folder / path.name
        written.write_bytes(body)
        (folder / (path.name + ".gz")).write_bytes(gzip.compress(body, 9, mtime=0))
        yield path.name, served[path.name], written


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    for kind in ("plain", "templates", "assets"):
        parser.add_argument("--" + kind, type=pathlib.Path, nargs="*", default=[])
    arguments = parser.parse_args()
    files = [("kPlain", path.name, "", path) for path in arguments.plain]
    files += [("kTemplate", path.name, "", path) for path in arguments.templates]
    files += [("kAsset", *asset) for asset in write_assets(arguments.assets, arguments.out.parent / "assets")]
    bytes_of, names, entries = "", "", ""
    for n, (kind, name, served, path) in enumerate(files):
        labels = {f"ccfa_file_{n}": path}
        if kind == "kAsset":
            labels[f"ccfa_gzip_{n}"] = path.with_name(path.name + ".gz")
        for label, source in labels.items():
            bytes_of += incbin(label, source)
            names += f"extern const char {label}[], {label}_end[];\n"
        zipped = f"Between(ccfa_gzip_{n}, ccfa_gzip_{n}_end)" if kind == "kAsset" else "{}"
        entries += ENTRY.format(kind=f"EmbeddedFile::{kind}", name=name, served=served, n=n, zipped=zipped)
    arguments.out.write_text(f"""// Made by services/gateway/embed.py.
#include "services/gateway/embedded_file.h"

// The assembler takes the files as they are.
asm(".section .rodata\\n"
{bytes_of}    ".text\\n");

extern "C" {{
{names}}}

namespace ccfa::gateway {{
namespace {{

absl::string_view Between(const char* begin, const char* end) {{
  return {{begin, static_cast<size_t>(end - begin)}};
}}

}}  // namespace

std::vector<EmbeddedFile> EmbeddedFiles() {{
  return {{
{entries}  }};
}}

}}  // namespace ccfa::gateway
""", encoding="utf-8")


main()
