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


def _witness(weights: list[float]) -> float:
    strongest = max(weights, key=abs)
    return strongest + REPEAT * (sum(weights) - strongest)


def probability(logit: float) -> float:
    """The logistic function, safe for any size of ``logit``."""
    if logit >= 0:
        return 1 / (1 + exp(-logit))
    return exp(logit) / (1 + exp(logit))
