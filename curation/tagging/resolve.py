"""From the marks of a facet to its values and its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from curation.tagging.calibration import Calibration
from curation.tagging.marks import Mark
from curation.tagging.score import log_odds


class Candidate(NamedTuple):
    """A value, its log-odds and all that speaks for and against it."""

    value: str
    log_odds: float
    marks: list[Mark]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What a facet came to: ``chosen`` values, and ``rivals`` that had evidence but lost.

    ``contested`` holds when the facet is empty because strong evidence stands on both sides.
    Choices are shared by models on which the same was said, and told apart by identity.
    """

    chosen: list[Candidate]
    rivals: list[Candidate]
    contested: bool = False


NOTHING = Choice([], [])
#: Two tasks of the Hub that are one thing to do: between these nothing is contested.
_ALIKE = {"feature-extraction", "sentence-similarity"}


def candidates(marks: Mapping[str, list[Mark]]) -> list[Candidate]:
    """All values with evidence, the best first, ties by name."""
    found = [Candidate(value, log_odds(items), items) for value, items in marks.items()]
    if len(found) > 1:
        found.sort(key=_best_first)
    return found


def _best_first(candidate: Candidate) -> tuple[float, str]:
    return -candidate.log_odds, candidate.value


def several(ranked: list[Candidate], rules: Calibration) -> Choice:
    """Decide a facet that may hold several values."""
    if not ranked:
        return NOTHING
    likely = [c for c in ranked if c.log_odds > rules.bias and not _torn(c, rules)]
    floor = min(likely[0].log_odds, rules.enough) - rules.gap if likely else 0.0
    chosen = _exclusive([c for c in likely if c.log_odds >= floor], rules)
    torn = any(_torn(c, rules) for c in ranked)
    return Choice(chosen, [c for c in ranked if c not in chosen], torn and not chosen)


def single(ranked: list[Candidate], rules: Calibration) -> Choice:
    """Decide a facet that holds one value at most."""
    if not ranked:
        return NOTHING
    if ranked[0].log_odds <= rules.bias:
        return Choice([], ranked)
    best, rest = ranked[0], ranked[1:]
    if _torn(best, rules) or (rest and _tied(best, rest[0], rules)):
        return Choice([], ranked, contested=True)
    return Choice([best], rest)


def _exclusive(chosen: list[Candidate], rules: Calibration) -> list[Candidate]:
    """``chosen``, best first, without what a better one excludes."""
    if len(chosen) < 2 or not rules.exclusive:
        return chosen
    kept: list[Candidate] = []
    for candidate in chosen:
        pairs = {(a, b) for other in kept for a, b in _both_ways(candidate.value, other.value)}
        if pairs.isdisjoint(rules.exclusive):
            kept.append(candidate)
    return kept


def _both_ways(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one, other), (other, one)


def _torn(candidate: Candidate, rules: Calibration) -> bool:
    """Strong evidence for and against one value, and neither side leads."""
    negative = [m for m in candidate.marks if m.weight < 0]
    if not negative or (against := -log_odds(negative)) < rules.strong:
        return False
    support = log_odds([m for m in candidate.marks if m.weight > 0])
    return support >= rules.strong and abs(support - against) < rules.margin


def _tied(best: Candidate, second: Candidate, rules: Calibration) -> bool:
    """Two values, each strongly supported, and neither leads."""
    if {best.value, second.value} == _ALIKE:
        return False
    return second.log_odds >= rules.strong and best.log_odds - second.log_odds < rules.margin
