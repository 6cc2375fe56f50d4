"""The sections of a card, as its headings are met."""

from __future__ import annotations

from curation.card import headings
from curation.cards import BlockKind, Section

_NEVER_CITED = frozenset({"heading", "html"})


class Outline:
    """The sections so far, and whether the last one holds citations."""

    __slots__ = ("_citing", "sections")

    def __init__(self, line: int) -> None:
        self.sections = [Section("", 0, line)]
        # The level of the heading that all below it are citations of, or 0.
        self._citing = 0

    def open(self, heading: str, line: int) -> tuple[BlockKind, BlockKind]:
        """Start a section; says what its prose and its lists are."""
        level, title = headings.read(heading)
        self.sections.append(Section(title, level, line))
        if level <= self._citing:
            self._citing = 0
        if not self._citing and headings.cites(title):
            self._citing = level
        return ("citation", "citation") if self._citing else ("prose", "list")

    def kind(self, shape: BlockKind) -> BlockKind:
        """What a block of this shape is in the last section."""
        return "citation" if self._citing and shape not in _NEVER_CITED else shape
