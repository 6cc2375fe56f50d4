"""JSON lines, one object a line, read with bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from curation.errors import InputError
from curation.hub.bulk.rows import require
from curation.hub.payload import jsontext

#: Bytes of a file that are looked at to tell what it is.
HEAD = 1 << 20
#: Longest line taken, in bytes: a card of the largest size, escaped, with room to spare.
MAX_LINE = 64 << 20

_BOM = b"\xef\xbb\xbf"


def looks_like_it(head: bytes) -> bool:
    """Whether a file with this head may be JSON lines: one of its lines holds an object."""
    body = head.removeprefix(_BOM).lstrip()
    if not body.startswith(b"{"):
        return False
    return b"\n" not in body or bool(_objects(head))


def rows_of(path: Path, head: bytes) -> Iterator[tuple[int, Mapping[str, Any] | InputError]]:
    """Line numbers from 1 and their objects, or why a line holds none. Blank lines are skipped.

    Raises InputError if no object near the top of the file has an id, or anything but ids.
    """
    objects = _objects(head)
    if objects:
        require({name for found in objects for name in found}, str(path))
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file), start=1):
                if line is None:
                    yield number, InputError(f"line is longer than {MAX_LINE >> 20} MiB")
                elif line.strip():
                    yield number, _object(line)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    if file.read(len(_BOM)) != _BOM:
        file.seek(0)
    while line := file.readline(MAX_LINE + 1):
        if len(line) <= MAX_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE)
        yield None


def _object(line: bytes) -> Mapping[str, Any] | InputError:
    try:
        return jsontext.mapping(line)
    except InputError as error:
        return error


def _objects(head: bytes) -> list[Mapping[str, Any]]:
    found = (_object(line) for line in head.removeprefix(_BOM).split(b"\n")[:100] if line.strip())
    return [item for item in found if not isinstance(item, InputError)]
