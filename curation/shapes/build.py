"""From a frozen type to its JSON Schema (2020-12)."""

from __future__ import annotations

from typing import Any

import msgspec

from curation.records import SCHEMA_VERSION
from curation.shapes.keywords import flatten, merge
from curation.shapes.kinds import Kind
from curation.shapes.refine import IMPLIED, refinements

_REF = "#/$defs/{name}"


def schema(kind: Kind) -> dict[str, Any]:
    """The schema of one kind of file.

    Its ``$id`` is ``urn:curate:schema:NAME:VERSION``: a name, since there is no site to serve it
    from, that changes with the schema version.
    """
    (root,), definitions = msgspec.json.schema_components((kind.shape,), ref_template=_REF)
    for name, definition in definitions.items():
        if kind.author == "machine":
            _complete(definition)
        _refine(name, definition)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:curate:schema:{kind.name}:{SCHEMA_VERSION}",
        "$comment": "Made from the types by scripts/build_schemas.py: do not edit.",
        "title": f"curate: {kind.name}",
        "$defs": definitions,
        **root,
    }


def _refine(name: str, definition: dict[str, Any]) -> None:
    table = refinements()
    definition["description"] = _plain(definition.get("description", ""))
    properties = definition.get("properties", {})
    for field in IMPLIED.get(name, ()):
        del properties[field]
        definition["required"].remove(field)
    for field, value in properties.items():
        flatten(value)
        if "$ref" in value:
            value.pop("default", None)
        merge(value, table.get(f"{name}.{field}", {}))
    merge(definition, table.get(name, {}))


def _complete(definition: dict[str, Any]) -> None:
    properties = definition.get("properties", {})
    # What has no default and is not required either is a field that may be unset.
    defaulted = [name for name, value in properties.items() if "default" in value]
    definition["required"] = sorted({*definition.get("required", ()), *defaulted})
    for value in properties.values():
        value.pop("default", None)


def _plain(docstring: str) -> str:
    return " ".join(docstring.replace("``", "`").split())
