"""How often each rule fires, how often it is right, and which others fire with and against it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import permutations

from curation.records import SINGLE
from curation.tagging.governance.cases import Vote, votes
from curation.tagging.governance.gold import Gold, said
from curation.tagging.tagger import Decided

#: The facet under which rules leave notes for other rules.
_NOTES = "mark"


@dataclass(slots=True)
class Tally:
    """Counts of one rule.

    ``models`` on which it said anything, ``votes`` on values, ``chosen`` values that it supports;
    of the values that it supports, ``right`` of ``judged`` are in gold. ``overlaps`` are votes in
    which another rule says the same, ``conflicts`` those in which another says the opposite, or
    supports another value where only one can be.
    """

    models: int = 0
    votes: int = 0
    chosen: int = 0
    judged: int = 0
    right: int = 0
    overlaps: Counter[str] = field(default_factory=Counter)
    conflicts: Counter[str] = field(default_factory=Counter)


class Survey:
    """Tallies of rules over models that are added one by one."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = defaultdict(Tally)

    def add(self, decided: Decided, gold: Gold | None = None) -> None:
        """Count one model, and hold it against ``gold`` if it is annotated."""
        cast = list(votes(decided))
        for rule in {rule for vote in cast for rule in vote.by_rule}:
            self.tallies[rule].models += 1
        cast = [vote for vote in cast if vote.facet != _NOTES]
        chosen = {
            (facet, item.value)
            for facet, choice in decided.choices.items()
            for item in choice.chosen
        }
        for vote in cast:
            self._count(vote, chosen=(vote.facet, vote.value) in chosen, gold=gold)
        for facet in SINGLE:
            self._oppose([vote for vote in cast if vote.facet == facet])

    def _count(self, vote: Vote, *, chosen: bool, gold: Gold | None) -> None:
        judged = gold is not None and vote.facet not in gold.disputed
        right = judged and vote.value in said(getattr(gold, vote.facet))
        for rule in vote.by_rule:
            self.tallies[rule].votes += 1
        for rule in _supporters(vote):
            tally = self.tallies[rule]
            tally.chosen += chosen
            tally.judged += judged
            tally.right += right
        for (one, weight), (other, against) in permutations(vote.by_rule.items(), 2):
            tally = self.tallies[one]
            (tally.overlaps if weight * against > 0 else tally.conflicts)[other] += 1

    def _oppose(self, cast: list[Vote]) -> None:
        """Count conflicts between supporters of different values of a facet that holds one."""
        for one, other in permutations(cast, 2):
            for rule in _supporters(one):
                self.tallies[rule].conflicts.update(r for r in _supporters(other) if r != rule)


def _supporters(vote: Vote) -> Iterable[str]:
    return [rule for rule, weight in vote.by_rule.items() if weight > 0]
