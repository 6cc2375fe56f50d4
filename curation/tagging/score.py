"""From marks to the log-odds of a value.

Rules are taken as independent witnesses and add up. One rule that finds its terms in several
places is one witness: its strongest place counts in full, each further one for a quarter.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from curation.tagging.marks import Mark

#: What a further place of the same rule adds, as a share of its weight.
REPEAT = 0.25


def log_odds(marks: Sequence[Mark]) -> float:
    """The sum over witnesses of their strongest mark, and a share of their others."""
    if len(marks) == 1:
        return marks[0].weight
    return sum(witnesses(marks).values())


def witnesses(marks: Sequence[Mark]) -> dict[str, float]:
    """What each rule adds to the log-odds."""
    by_witness: dict[str, list[float]] = {}
    for mark in marks:
        by_witness.setdefault(mark.witness, []).append(mark.weight)
    return {rule: _witness(weights) for rule, weights in by_witness.items()}


def by_rule(marks: Sequence[Mark]) -> dict[str, float]:
    """What each rule says, also one whose witness another rule speaks for more strongly."""
    found: dict[str, list[float]] = {}
    for mark in marks:
        found.setdefault(mark.rule, []).append(mark.weight)
    return {rule: _witness(weights) for rule, weights in found.items()}


def leading(marks: Sequence[Mark]) -> dict[str, float]:
    """What each witness adds, under the rule that is its strongest voice; they sum to the odds."""
    voices: dict[str, Mark] = {}
    for mark in marks:
        known = voices.setdefault(mark.witness, mark)
        if abs(mark.weight) > abs(known.weight):
            voices[mark.witness] = mark
    found: dict[str, float] = {}
    for witness, share in witnesses(marks).items():
        rule = voices[witness].rule
        found[rule] = found.get(rule, 0.0) + share
    return found


def _witness(weights: list[float]) -> float:
    strongest = max(weights, key=abs)
    return strongest + REPEAT * (sum(weights) - strongest)


def probability(logit: float) -> float:
    """The logistic function, safe for any size of ``logit``."""
    if logit >= 0:
        return 1 / (1 + exp(-logit))
    return exp(logit) / (1 + exp(logit))
