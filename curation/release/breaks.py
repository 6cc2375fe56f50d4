"""What newer JSON Schemas break for those who read by the older ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Schema = dict[str, Any]


def of_files(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> list[str]:
    """The breaks of all files of a release, by the names of their schemas.

    A file that is new breaks nobody; those that are gone, or have lost their schema, do.
    """
    found = []
    for name, schema in old.items():
        file = name.removesuffix(".schema.json")
        broken = breaks(schema, new[name]) if name in new else ["gone"]
        found += [f"{file}: {what}" for what in broken]
    return found


def grown(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> list[str]:
    """Where the schemas say more than before: files, fields and values that are new."""
    return [broken.rpartition(": ")[0] for broken in of_files(new, old)]


def breaks(old: Schema, new: Schema) -> list[str]:
    """Each break as ``where: what``: a field that is gone, another type, a narrower enum.

    A field that is new, and a value that is new in an enum, break nobody.
    """
    return list(_breaks(_root(old), _root(new), "", old, new))


def _breaks(old: Schema, new: Schema, where: str, before: Schema, after: Schema) -> Iterator[str]:
    if _types(old, before) != _types(new, after):
        yield f"{where or 'the whole'}: was {_said(old, before)}, is {_said(new, after)}"
        return
    old, new = _followed(old, before), _followed(new, after)
    kept = new.get("enum") or old.get("enum") or ()
    gone = [value for value in old.get("enum") or () if value not in kept]
    if gone:
        yield f"{where}: no longer {', '.join(map(str, gone))}"
    theirs, ours = old.get("properties", {}), new.get("properties", {})
    for name in theirs:
        path = f"{where}.{name}".lstrip(".")
        if name not in ours:
            yield f"{path}: gone"
        else:
            yield from _breaks(theirs[name], ours[name], path, before, after)
        if name in ours and name in set(old.get("required", ())) - set(new.get("required", ())):
            yield f"{path}: may be absent"
    for keyword in ("items", "additionalProperties"):
        if isinstance(old.get(keyword), dict) and isinstance(new.get(keyword), dict):
            yield from _breaks(old[keyword], new[keyword], f"{where}[]", before, after)


def _root(schema: Schema) -> Schema:
    return {name: value for name, value in schema.items() if name not in ("$id", "$defs")}


def _followed(schema: Schema, whole: Schema) -> Schema:
    """``schema``, or what it refers to; a type with null beside it is that type."""
    while "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    return _followed(options[0], whole) if len(options) == 1 else schema


def _types(schema: Schema, whole: Schema) -> set[str]:
    """The JSON types that ``schema`` allows; an enum's are those of its values."""
    if "$ref" in schema:
        return _types(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "anyOf" in schema:
        return {kind for option in schema["anyOf"] for kind in _types(option, whole)}
    if "enum" in schema:
        return {_JSON[type(value)] for value in schema["enum"]}
    stated = schema.get("type", [])
    return {stated} if isinstance(stated, str) else set(stated)


_JSON = {bool: "boolean", float: "number", int: "integer", str: "string", type(None): "null"}


def _said(schema: Schema, whole: Schema) -> str:
    return " or ".join(sorted(_types(schema, whole))) or "anything"
