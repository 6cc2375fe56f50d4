"""Each file of a catalog on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from curation import ids
from curation.checks import layout, records, schema
from curation.checks.cache import Cache
from curation.checks.claims import located
from curation.checks.codes import MEND, finding
from curation.checks.families import ON_RECORD
from curation.checks.seen import Seen, row
from curation.checks.sources import Folder, Source, is_hidden, name_of, printable
from curation.errors import IdError, InputError
from curation.records import Finding, Override
from curation.store import popularity, toml
from curation.store.flaws import BOM, Flaw, misfit, utf8
from curation.store.ledgers import Rejections, Tombstones, Waivers
from curation.store.settings import Settings
from curation.store.tree import Entry


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by path and line."""
    return sorted(findings, key=lambda one: (one.path, one.line or 0, one.code, one.message))


def check_files(root: Path, below: Sequence[str] = ("",)) -> list[Finding]:
    """All findings on the files of the catalog ``root`` at or below the paths ``below``.

    Paths are relative to ``root``, with slashes; '' is everything. Sorted by path and line.
    """
    source = Folder(root, below)
    return ordered(one for entry in source.entries() for one in look(source, entry).findings)


def look(source: Source, entry: Entry, cache: Cache | None = None) -> Seen:
    """One look at what lies at ``entry``, spared where ``cache`` knows the bytes."""
    path = printable(entry.path)
    if is_hidden(entry.path):
        return Seen("")
    wrong = _misplaced(entry)
    if wrong:
        return Seen("", (finding("CUR101", path, wrong, fix="remove it"),))
    if entry.kind == "folder":
        return Seen("")
    try:
        data = source.read(entry.path)
    except FileNotFoundError:  # it went between the listing and now
        return Seen("")
    except InputError as error:
        return Seen("", (finding("CUR101", path, str(error).rpartition(": ")[2]),))
    known = cache.seen(path, name_of(data)) if cache else None
    return known or look_at(path, data)


def look_at(path: str, data: bytes) -> Seen:
    """One look at a file with these bytes."""
    seen = _seen(path, data)
    if seen.findings and mended(path, data) is not None:
        form = [_mechanical(one) for one in seen.findings]
        return structs.replace(seen, findings=tuple(form))
    return seen


def check_file(path: str, data: bytes) -> list[Finding]:
    """All findings on the file at ``path`` (relative to the catalog's folder) with these bytes."""
    return list(look_at(path, data).findings)


def mended(path: str, data: bytes) -> bytes | None:
    """The bytes that the file should have; None where it has them, or that takes a person."""
    mend = _MENDERS.get(layout.kind_of(path) or "")
    wanted = mend(data) if mend else None
    if wanted in (None, data) or any(map(_is_form, _seen(path, wanted).findings)):
        return None
    return wanted


def _seen(path: str, data: bytes) -> Seen:
    kind = layout.kind_of(path)
    if not kind:
        return Seen(name_of(data), (_stray(path),) if layout.room_of(path) else ())
    found = list(_named(path))
    try:
        told, parts = _READERS.get(kind, _by_schema)(kind, path, data)
    except Flaw as error:
        return Seen(name_of(data), (*found, finding("CUR103", path, str(error), line=error.line)))
    return Seen(name_of(data), (*found, *told), **parts)


def _mechanical(one: Finding) -> Finding:
    return structs.replace(one, fix=MEND) if _is_form(one) else one


def _is_form(one: Finding) -> bool:
    """Whether a finding is on how the file is written, not on where it lies or what it says."""
    return one.code < "CUR2" and one.code != "CUR107"


def _misplaced(entry: Entry) -> str | None:
    if entry.kind == "link":
        return "a link, where a file or folder belongs"
    if entry.kind == "special":
        return "neither a file nor a folder"
    if entry.kind == "folder" and layout.kind_of(entry.path):
        return "a folder, where a file belongs"
    if entry.kind == "file" and entry.path in layout.ROOMS:
        return "a file, where a folder belongs"
    return None


Told = tuple[list[Finding], dict[str, Any]]


def _record(_: str, path: str, data: bytes) -> Told:
    found, record = records.inspect(path, data)
    if record is None:
        return found, {}
    if path == f"models/{record.id}.json":
        claims = [claim for check in ON_RECORD for claim in check(record)]
        found = [*found, *located(claims, data.decode() if claims else None)]
    return found, {"record": row(record)}


def _popularity(_: str, path: str, data: bytes) -> Told:
    rows = popularity.parse(data)
    wanted = popularity.dump(rows)
    if wanted == data:
        return [], {"popularity": rows}
    line = records.first_difference(data, wanted)
    form = finding("CUR106", path, "not in canonical form", line=line)
    return [form], {"popularity": rows}


def _by_schema(kind: str, path: str, data: bytes) -> Told:
    value = toml.loads(data)
    found = schema.check(kind, path, utf8(data), value)
    shape = _SHAPES.get(kind)
    if found or shape is None:
        return found, {}
    try:
        typed = msgspec.convert(value, shape)
    except msgspec.ValidationError as error:  # the type is stricter than its schema
        return [finding("CUR105", path, str(misfit(error)))], {}
    return [], {"settings" if kind == "catalog" else kind: typed}


_READERS: dict[str, Callable[[str, str, bytes], Told]] = {
    "popularity": _popularity,
    "record": _record,
}
_SHAPES: dict[str, type[msgspec.Struct]] = {
    "catalog": Settings,
    "override": Override,
    "rejections": Rejections,
    "tombstones": Tombstones,
    "waivers": Waivers,
}


def _rows_in_order(data: bytes) -> bytes | None:
    try:
        return popularity.dump(popularity.parse(data.removeprefix(BOM)))
    except Flaw:
        return None


_MENDERS = {"popularity": _rows_in_order, "record": records.mended}


def _named(path: str) -> Iterator[Finding]:
    """A finding if ids name the files here and this name is none."""
    room, name = layout.room_of(path) or (None, "")
    if room and room.by_id:
        try:
            ids.from_path(name, room.suffix)
        except IdError as error:
            yield finding("CUR107", path, str(error), fix="remove or rename the file")


def _stray(path: str) -> Finding:
    return finding("CUR102", path, "no file of this name belongs here")
