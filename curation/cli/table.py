"""Columns and counts, as people read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from curation.cli.terminal import escape

_GAP = "  "


def lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """``rows`` of equal length, with every column as wide as its widest cell."""
    cells = [[escape(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True))
        yield _GAP.join(padded).rstrip()


def _width(text: str) -> int:
    """How many columns a terminal gives to ``text``."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def counted(number: int, one: str) -> str:
    """``1 model``, ``2,000 models``."""
    return f"{number:,} {one}" + "s" * (number != 1)
