"""Packs as files: which rule stands on which line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from curation import packs
from curation.rules import Pack

_ID = re.compile(r"""^\s*id\s*=\s*["']([^"']+)["']""")


class Source(NamedTuple):
    """A pack, its file, and the line of each of its rules by id."""

    path: Path
    pack: Pack
    lines: dict[str, int]


def read(paths: Iterable[Path]) -> list[Source]:
    """The packs in some files. Raises InputError naming the file that holds none."""
    return [Source(path, packs.load(path), _lines(path)) for path in paths]


def joined(stock: Iterable[Source], others: Iterable[Source]) -> tuple[Pack, ...]:
    """The packs of ``stock`` with others among them, as a catalog would have its own.

    One that bears the name of a stock pack takes its place.
    """
    ours = {source.pack.name: source.pack for source in stock}
    theirs = {source.pack.name: source.pack for source in others}
    changed = ours | {name: pack for name, pack in theirs.items() if name in ours}
    own = [pack for name, pack in theirs.items() if name not in ours]
    return packs.combined(changed.values(), own)


def _lines(path: Path) -> dict[str, int]:
    text = path.read_text(encoding="utf-8").splitlines()
    numbered = ((match[1], n) for n, line in enumerate(text, 1) if (match := _ID.match(line)))
    return dict(numbered)
