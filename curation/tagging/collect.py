"""From signals to statements: every term at every place it stands in, and what the rules say."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Container, Iterable

from curation.cards import Span
from curation.tagging.marks import Feature, Found, Said, Statement
from curation.tagging.normal import line_signal, normal
from curation.tagging.places import Regions
from curation.tagging.rulebook import Effect, Rulebook
from curation.tagging.signals import Line

#: Line signals repeat (``pytorch``, ``squad``): what they hold is kept, up to so many.
_MEMO = 200_000


_NO_LINK = Span(sys.maxsize, sys.maxsize)


class Collector:
    """Runs a rulebook over models; holds nothing of them but memoised line signals."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._memo: dict[Line, Found] = {}
        # For each pattern of the card's automaton, the feature that it is at each place.
        self._features: list[dict[str, Feature] | None] = [None] * len(book.text.patterns)

    def find(self, lines: list[Line], regions: Regions | None) -> Found:
        """Every term that stands at a place where a rule looks for it, and its first offset."""
        found: Found = {}
        if regions is not None:
            self._find_in_card(regions, found)
            self._silence(found)
        self.find_lines(lines, found)
        return found

    def find_lines(self, lines: list[Line], found: Found) -> None:
        """Add to ``found`` what stands in one-line signals."""
        memo = self._memo
        for line in lines:
            known = memo.get(line)
            if known is None:
                known = self._learn(line)
            if known:
                found.update(known)

    def _learn(self, line: Line) -> Found:
        if len(self._memo) >= _MEMO:
            self._memo.clear()
        place, text = line
        matcher, places = self._book.line, self._book.places
        rows = (places[matcher.patterns[hit[0]]] for hit in matcher.scan(line_signal(text)))
        known = {row[place]: -1 for row in rows if place in row}
        self._silence(known)
        self._memo[line] = known
        return known

    def _silence(self, found: Found) -> None:
        """Take out what stands inside a longer term of the same rule, at the same place."""
        within = self._book.within
        for feature in found.keys() & within.keys():
            for shorter in within[feature]:
                found.pop(shorter, None)

    def _find_in_card(self, regions: Regions, found: Found) -> None:
        """One pass over the card; hits and blocks are both in order, and walk side by side.

        A hit that crosses the edge of a block is none.
        """
        cues, features, links = self._book.cues, self._features, iter(regions.links)
        link = next(links, _NO_LINK)
        index, end_of_block, void_until, place = -1, -1, 0, ""
        for number, start, end in self._book.text.scan(normal(regions.text)):
            if end > end_of_block:
                index = regions.at(end, index + 1)
                if index < 0:
                    return
                end_of_block, place = regions.ends[index], regions.place(index)
                begin = regions.starts[index]
            if start < begin:
                continue
            while end > link.end:
                link = next(links, _NO_LINK)
            row = features[number]
            if row is None:
                row = features[number] = self._book.places[self._book.text.patterns[number]]
            if start >= link.start:
                feature = row.get("link")
            else:
                feature = row.get(place if start >= void_until else "void")
            if feature is not None and feature not in found:
                found[feature] = start
            if number in cues and place in row:
                void_until = regions.sentence_end(end)


def said(
    effects: dict[Feature, tuple[Effect, ...]],
    found: Found,
    told: Iterable[Statement] = (),
    without: Container[str] = (),
) -> Said:
    """What ``effects`` say, given all that was found, then what was ``told``.

    The statements of the rules ``without`` are left out.
    """
    by_facet: Said = defaultdict(list)
    for feature in found:
        for statement, condition in effects[feature]:
            if condition is None or condition.holds(found):
                by_facet[statement.facet].append(statement)
    for statement in told:
        by_facet[statement.facet].append(statement)
    if without:
        for facet, items in by_facet.items():
            by_facet[facet] = [one for one in items if one.mark.rule not in without]
    return by_facet
