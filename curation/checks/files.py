"""Each file of a catalog on its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import structs

from curation import ids
from curation.checks import layout, records, schema
from curation.checks.codes import MEND, finding
from curation.errors import IdError, InputError
from curation.records import Finding
from curation.store import popularity, toml, tree
from curation.store.flaws import Flaw, utf8


def check_files(root: Path, below: Sequence[str] = ("",)) -> list[Finding]:
    """All findings on the files of the catalog ``root`` at or below the paths ``below``.

    Paths are relative to ``root``, with slashes; '' is everything. Sorted by path and line.
    """
    entries = {entry.path: entry for path in below for entry in _entries(root, path)}
    found = [one for entry in entries.values() for one in _check_entry(root, entry)]
    return sorted(found, key=lambda one: (one.path, one.line or 0, one.code, one.message))


def check_file(path: str, data: bytes) -> list[Finding]:
    """All findings on the file at ``path`` (relative to the catalog's folder) with these bytes."""
    found = _findings(path, data)
    if found and mended(path, data) is not None:
        return [structs.replace(one, fix=MEND) for one in found]
    return found


def mended(path: str, data: bytes) -> bytes | None:
    """The bytes that the file should have, or None where that takes a person."""
    if layout.kind_of(path) != "record":
        return None
    wanted = records.mended(data)
    return None if wanted is None or _findings(path, wanted) else wanted


def _findings(path: str, data: bytes) -> list[Finding]:
    kind = layout.kind_of(path)
    if not kind:
        return [_stray(path)] if layout.room_of(path) else []
    found = list(_named(path))
    try:
        found.extend(_content(kind, path, data))
    except Flaw as error:
        found.append(finding("CUR103", path, str(error), line=error.line))
    return found


def _entries(root: Path, path: str) -> Iterator[tree.Entry]:
    """What is at or below ``path`` and ours: beside the catalog's files there may be others."""
    if not path:
        for entry in tree.listing(root):
            if entry.path in layout.FILES or entry.path in layout.ROOMS:
                yield from _entries(root, entry.path)
        return
    found = tree.entry(root, path)
    if found:
        yield found
        if found.kind == "folder":
            yield from tree.walk(root / path, f"{path}/")


def _check_entry(root: Path, entry: tree.Entry) -> list[Finding]:
    path = _printable(entry.path)
    if _is_hidden(entry.path):
        return []
    wrong = _misplaced(entry)
    if wrong:
        return [finding("CUR101", path, wrong, fix="remove it")]
    if entry.kind == "folder":
        return []
    try:
        return check_file(path, tree.read(root / entry.path))
    except FileNotFoundError:  # it went between the listing and now
        return []
    except InputError as error:
        return [finding("CUR101", path, str(error).rpartition(": ")[2])]


def _misplaced(entry: tree.Entry) -> str | None:
    if entry.kind == "link":
        return "a link, where a file or folder belongs"
    if entry.kind == "special":
        return "neither a file nor a folder"
    if entry.kind == "folder" and layout.kind_of(entry.path):
        return "a folder, where a file belongs"
    if entry.kind == "file" and entry.path in layout.ROOMS:
        return "a file, where a folder belongs"
    return None


def _content(kind: str, path: str, data: bytes) -> Iterator[Finding]:
    if kind == "popularity":
        popularity.parse(data)
    elif kind == "record":
        yield from records.check(path, data)
    else:
        yield from schema.check(kind, path, utf8(data), toml.loads(data))


def _named(path: str) -> Iterator[Finding]:
    """A finding if ids name the files here and this name is none."""
    room, name = layout.room_of(path) or (None, "")
    if room and room.by_id:
        try:
            ids.from_path(PurePosixPath(name), room.suffix)
        except IdError as error:
            yield finding("CUR107", path, str(error), fix="remove or rename the file")


def _stray(path: str) -> Finding:
    return finding("CUR102", path, "no file of this name belongs here")


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _printable(path: str) -> str:
    """``path`` as text that can be written anywhere: names of files are bytes to the system."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
