"""The card as data: front matter, and a body cut into blocks that know where they stand.

All offsets count characters of ``Card.text``, the README as decoded; lines count from 1. A block
is half-open, ``text[start:end]``.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

BlockKind = Literal["heading", "prose", "list", "table", "code", "quote", "html", "citation"]
FlawKind = Literal[
    "front-matter-unclosed",
    "front-matter-broken",
    "front-matter-not-a-mapping",
    "duplicate-key",
    "tab",
    "language-read-as-boolean",
    "wrong-type",
    "control-character",
    "oversized",
    "not-utf8",
]


class Block(msgspec.Struct, frozen=True, gc=False):
    """A run of lines of one kind; ``section`` indexes ``Card.sections``."""

    kind: BlockKind
    start: int
    end: int
    line: int
    section: int


class Section(msgspec.Struct, frozen=True, gc=False):
    """A heading and what stands below it; section 0 is the text before the first heading."""

    title: str
    level: int
    line: int


class Span(msgspec.Struct, frozen=True, gc=False):
    """``text[start:end]``."""

    start: int
    end: int


class Flaw(msgspec.Struct, frozen=True):
    """Something wrong with a card; it is parsed all the same."""

    kind: FlawKind
    line: int
    message: str


class Card(msgspec.Struct, frozen=True):
    """A parsed README.md. ``front`` is the front matter ({} if none or unreadable).

    ``title`` is the index of the block with the document's title, or None. ``links`` are the
    spans of link targets and bare URLs, in order and disjoint.
    """

    text: str
    body_start: int
    front: dict[str, Any]
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    links: tuple[Span, ...]
    title: int | None = None
    flaws: tuple[Flaw, ...] = ()
