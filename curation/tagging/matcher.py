"""All terms of all rules in one automaton, and one pass over a text.

Every occurrence is found, also overlapping and nested ones, and kept if no word goes on at its
edges. Aho-Corasick from ahocorasick_rs: time is linear in the text, whatever the terms are.
"""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from curation.tagging.normal import OPEN, is_word

Hit = tuple[int, int, int]


class Matcher:
    """Finds ``patterns`` (distinct, in normal form) in text of normal form."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        texts = [pattern.strip(OPEN) for pattern in self.patterns]
        self._automaton = AhoCorasick(
            texts, matchkind=MatchKind.Standard, implementation=Implementation.DFA
        )
        # Edges that need no check keep the loop short: a term may begin or end in punctuation,
        # in an anchor, in a script without spaces, or be left open.
        pairs = list(zip(self.patterns, texts, strict=True))
        self._left = [is_word(text[0]) and pattern[0] != OPEN for pattern, text in pairs]
        self._right = [is_word(text[-1]) and pattern[-1] != OPEN for pattern, text in pairs]

    def bare(self, text: str) -> list[Hit]:
        """``(pattern, start, end)`` of every occurrence, also inside words, ordered by end."""
        return self._automaton.find_matches_as_indexes(text, overlapping=True)

    def scan(self, text: str) -> list[Hit]:
        """``(pattern, start, end)`` of every hit, ordered by end."""
        left, right, size = self._left, self._right, len(text)
        return [
            hit
            for hit in self.bare(text)
            if not (
                (left[hit[0]] and hit[1] and text[hit[1] - 1].isalnum())
                or (right[hit[0]] and hit[2] < size and text[hit[2]].isalnum())
            )
        ]
