"""``popularity.csv``: what moves every day, kept out of the records and out of review."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from curation import ids, patterns
from curation.errors import IdError, InputError
from curation.store import atomic, tree
from curation.store.flaws import Flaw, utf8

FILE = "popularity.csv"
HEADER = ("id", "downloads", "likes", "checked")
#: A fifth column, in a file where at least one model is in trouble.
TROUBLE = "trouble"

_TIME = re.compile(patterns.TIME)
_WORD = re.compile(r"[a-z]{1,20}\Z")


class Popularity(msgspec.Struct, frozen=True, kw_only=True):
    """Counts as the Hub gave them, and when the model was last seen (RFC 3339, UTC).

    ``trouble`` names what has kept us from seeing it since then: ``unreachable``, ``gated``.
    """

    downloads: int | None = None
    likes: int | None = None
    checked: str | None = None
    trouble: str | None = None


def load(path: Path) -> dict[str, Popularity]:
    """The rows of ``path`` by id; an absent file has none. Raises InputError with the line."""
    try:
        return parse(tree.read(path))
    except FileNotFoundError:
        return {}
    except Flaw as error:
        raise InputError(error.at(str(path))) from error


def parse(data: bytes) -> dict[str, Popularity]:
    """The rows of a ``popularity.csv`` by id. Raises Flaw."""
    import csv

    reader = csv.reader(io.StringIO(utf8(data), newline=""), strict=True)
    rows: dict[str, Popularity] = {}
    try:
        header = tuple(next(reader, HEADER))
        if header not in (HEADER, (*HEADER, TROUBLE)):
            raise ValueError(f"expected the header {','.join(HEADER)}")
        for cells in reader:
            model_id, row = _row(cells, len(header))
            if model_id in rows:
                raise ValueError(f"{model_id} has two rows")
            rows[model_id] = row
    except (csv.Error, ValueError, IdError) as error:
        raise Flaw(str(error), reader.line_num) from error
    return rows


def dump(rows: Mapping[str, Popularity]) -> bytes:
    """The canonical file: sorted by id, one line a model."""
    import csv

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    header = (*HEADER, TROUBLE) if any(row.trouble for row in rows.values()) else HEADER
    writer.writerow(header)
    for model_id in sorted(rows):
        row = rows[model_id]
        cells = (ids.check(model_id), row.downloads, row.likes, row.checked, row.trouble)
        writer.writerow(cells[: len(header)])
    return text.getvalue().encode()


def save(path: Path, rows: Mapping[str, Popularity]) -> bool:
    """Replace ``path`` by ``rows``; False if it said so already and was not touched."""
    return atomic.update(path, dump(rows))


def _row(cells: list[str], width: int) -> tuple[str, Popularity]:
    if len(cells) != width:
        raise ValueError(f"expected {width} cells, got {len(cells)}")
    model_id, downloads, likes, checked, *rest = cells
    trouble = "".join(rest)
    if trouble and not _WORD.match(trouble):
        raise ValueError(f"{TROUBLE} is no word: {ids.clip(trouble)!a}")
    if checked and not _TIME.match(checked):
        raise ValueError(f"checked is no time in UTC: {ids.clip(checked)!a}")
    row = Popularity(
        downloads=_count(downloads, "downloads"),
        likes=_count(likes, "likes"),
        checked=checked or None,
        trouble=trouble or None,
    )
    return ids.check(model_id), row


def _count(cell: str, name: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) < 16):
        raise ValueError(f"{name} is no count: {ids.clip(cell)!a}")
    return int(cell)
