"""A record on its own: its version, schema, form, keys and place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from curation import canonical, ids
from curation.checks import schema
from curation.checks.codes import MOST, finding
from curation.checks.lines import Path, lines_of, pointer
from curation.records import SCHEMA_VERSION, Finding, Record
from curation.store import reading
from curation.store.flaws import BOM, Flaw


def check(path: str, data: bytes) -> Iterator[Finding]:
    """All findings on the record at ``path`` with these bytes. Raises Flaw if they are no JSON."""
    yield from inspect(path, data)[0]


def inspect(path: str, data: bytes) -> tuple[list[Finding], Record | None]:
    """The findings on a record's file, and the record if it is one. Raises Flaw as above."""
    value = reading.json(data)
    text = data.decode()
    other = _version(path, text, value)
    if other:
        return [other], None
    misfits = schema.check("record", path, text, value)
    record, wrong = (None, misfits) if misfits else _form(path, text, value)
    if wrong:
        wrong = [*wrong, *_twice(path, text)]
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        wrong = [*wrong, *_placed(path, text, value["id"])]
    return wrong, record


def mended(data: bytes) -> bytes | None:
    """The record in canonical form with no key left out, or None where that takes a person."""
    bare = data.removeprefix(BOM)
    try:
        wanted = _canonical(bare)
        return None if _twins(bare.decode()) else wanted
    except Flaw:
        return None


def first_difference(data: bytes, wanted: bytes) -> int:
    """The first line, from 1, in which two files differ that are not the same."""
    pairs = zip_longest(data.split(b"\n"), wanted.split(b"\n"))
    return next(number for number, (a, b) in enumerate(pairs, 1) if a != b)


def _version(path: str, text: str, value: Any) -> Finding | None:
    stated = value.get("schema_version") if isinstance(value, dict) else None
    if not isinstance(stated, int) or stated == SCHEMA_VERSION:
        return None
    message = f"written as schema version {stated}, ours is {SCHEMA_VERSION}"
    fix = "upgrade curate" if stated > SCHEMA_VERSION else None
    (line,) = lines_of(path, text, [("schema_version",)])
    return finding("CUR108", path, message, line=line, pointer="/schema_version", fix=fix)


def _form(path: str, text: str, value: Any) -> tuple[Record | None, list[Finding]]:
    try:
        record = reading.shaped(value)
    except Flaw as error:  # the type is stricter than its schema
        return None, [finding("CUR105", path, str(error))]
    wanted = canonical.dumps(record)
    if text == wanted:
        return record, []
    line = first_difference(text.encode(), wanted.encode())
    return record, [finding("CUR106", path, "not in canonical form", line=line)]


def _twice(path: str, text: str) -> Iterator[Finding]:
    # Of the values of such a key every reader sees another.
    for place, line in _twins(text)[:MOST]:
        message = f"{pointer(place)}: is there twice"
        yield finding("CUR104", path, message, line=line, pointer=pointer(place))


def _twins(text: str) -> list[tuple[Path, int]]:
    from curation.checks import json_lines

    return json_lines.scan(text, ()).twice


def _placed(path: str, text: str, model_id: str) -> Iterator[Finding]:
    if path == f"models/{model_id}.json":
        return
    (line,) = lines_of(path, text, [("id",)])
    message = f"/id: {ids.clip(model_id)} is not what the path says"
    yield finding("CUR107", path, message, line=line, pointer="/id")


def _canonical(data: bytes) -> bytes:
    return canonical.dumps(reading.typed(data)).encode()
