"""Prints the steps of a Containerfile, one a line as JSON, for deploy/container/check: the few
instructions ours uses, and a refusal of every other, so that none goes unchecked."""

import json
import shlex
import sys


def step(line, number):
    word, _, rest = line.partition(" ")
    if word == "FROM":
        parts = rest.split()
        return {"do": "from", "stage": parts[2] if parts[1:2] == ["AS"] else "final"}
    if word == "COPY":
        parts = shlex.split(rest)
        stage = parts.pop(0).removeprefix("--from=") if parts[0].startswith("--from=") else ""
        source, target = parts
        return {"do": "copy", "stage": stage, "source": source, "target": target}
    if word == "CMD":
        return {"do": "cmd", "words": json.loads(rest)}
    if word in ("RUN", "WORKDIR", "ENV", "USER", "EXPOSE"):
        return {"do": word.lower(), "text": rest}
    raise SystemExit(f"Containerfile line {number}: {word} is an instruction this check cannot run")


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.strip()
            if line and not line.startswith("#"):
                print(json.dumps(step(line, number)))


main()
