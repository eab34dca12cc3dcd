"""Turns Kubernetes' own swagger.json into strict JSON schemas, one a kind, as kubeconform reads them:

    schemas.py SWAGGER_JSON FOLDER

A field that Kubernetes does not know is an error; so is a kind or apiVersion under another's schema.
"""

import json
import pathlib
import sys

REFERENCE = "#/definitions/"


def strict(schema):
    """A copy that refuses unknown fields and takes what the API server takes."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "int-or-string":
        return {"type": ["integer", "string"]}
    result = {key: strict(value) for key, value in schema.items()}
    if "properties" in schema and "additionalProperties" not in schema:
        result["additionalProperties"] = False
    return result


def references(schema):
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].removeprefix(REFERENCE)
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for part in schema:
            yield from references(part)


def reachable(definitions, name):
    found, waiting = {}, [name]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found[each] = definitions[each]
            waiting.extend(references(definitions[each]))
    return found


def main():
    swagger, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    definitions = {name: strict(schema) for name, schema in
                   json.loads(pathlib.Path(swagger).read_text(encoding="utf-8"))["definitions"].items()}
    # "500m" and 2 are quantities both.
    definitions["io.k8s.apimachinery.pkg.api.resource.Quantity"] = {"type": ["string", "number"]}
    folder.mkdir(parents=True, exist_ok=True)
    for name, definition in definitions.items():
        for kind in definition.get("x-kubernetes-group-version-kind", []):
            group = kind["group"].split(".")[0]
            file = "-".join(part for part in (kind["kind"].lower(), group, kind["version"]) if part)
            version = "/".join(part for part in (kind["group"], kind["version"]) if part)
            needed = {"kind": {"const": kind["kind"]}, "apiVersion": {"const": version}}
            schema = {"allOf": [{"$ref": REFERENCE + name},
                                {"properties": needed, "required": sorted(needed)}],
                      "definitions": reachable(definitions, name)}
            (folder / f"{file}.json").write_text(json.dumps(schema), encoding="utf-8")


main()
