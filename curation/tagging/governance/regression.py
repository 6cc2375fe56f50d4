"""Logistic regression of rightness on log-odds, with everything drawn to what is written.

The probability of a value is ``logistic(slope * (sum of factor * share over rules - bias))``: a
slope for each facet, a factor for each rule; the bias, above which a value is chosen, is written
by hand. Both are found in turns by Newton's method, in plain floating point and in the order of
the items, so that equal input gives equal results. The pulls are prior beliefs, in units of
observations: what little was seen moves little.

A fit makes nothing surer than it is written: rules are written with annotated models in view, so
what they get wrong there tells more than what they get right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from curation.tagging.governance.items import Item
from curation.tagging.score import probability

#: How strongly a factor is drawn to 1, ...
_PULL_FACTOR = 10.0
#: ... and a slope.
_PULL_SLOPE = 10.0
#: How far a factor may go, ...
_FACTORS = (0.3, 1.0)
#: ... and a slope.
_SLOPES = (0.1, 1.0)
_TURNS = 60
_STEPS = 25
_CLOSE = 1e-4

Numbers = dict[str, float]


def fit(items: Sequence[Item], movable: Collection[str]) -> Numbers:
    """A factor for each of the ``movable`` rules that ``items`` hold."""
    factors = Numbers()
    for _ in range(_TURNS):
        steps = _steps(items, slopes(items, factors), factors, movable)
        moved = {r: _within(_FACTORS, factors.get(r, 1.0) - step) for r, step in steps.items()}
        still = all(abs(moved[rule] - factors.get(rule, 1.0)) < _CLOSE for rule in moved)
        factors = moved
        if still:
            break
    return factors


def slopes(items: Iterable[Item], factors: Mapping[str, float]) -> Numbers:
    """The best slope of each facet, given the factors."""
    points: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for item in items:
        points[item.facet].append((lead(item, factors), item.right))
    return {facet: _slope(found) for facet, found in points.items()}


def lead(item: Item, factors: Mapping[str, float]) -> float:
    """The log-odds of an item above the bias, with its rules weighed by ``factors``."""
    return sum(factors.get(rule, 1.0) * share for rule, share in item.shares.items()) - item.bias


def _slope(points: Sequence[tuple[float, bool]]) -> float:
    slope = 1.0
    for _ in range(_STEPS):
        pull, bend = _PULL_SLOPE * (slope - 1), _PULL_SLOPE
        for x, right in points:
            p = probability(slope * x)
            pull += (p - right) * x
            bend += p * (1 - p) * x * x
        before, slope = slope, _within(_SLOPES, slope - pull / bend)
        if abs(slope - before) < _CLOSE:
            break
    return slope


def _within(bounds: tuple[float, float], number: float) -> float:
    low, high = bounds
    return min(high, max(low, number))


def _steps(
    items: Iterable[Item],
    by_facet: Mapping[str, float],
    factors: Mapping[str, float],
    movable: Collection[str],
) -> Numbers:
    """How far each factor has to move back: as short a step as if all rules moved at once."""
    pulls: dict[str, float] = defaultdict(float)
    bends: dict[str, float] = defaultdict(float)
    for item in items:
        slope = by_facet[item.facet]
        p = probability(slope * lead(item, factors))
        for rule, share in item.shares.items():
            if rule in movable:
                reach = slope * share
                pulls[rule] += (p - item.right) * reach
                bends[rule] += p * (1 - p) * reach * reach * len(item.shares)
    return {
        rule: (pull + _PULL_FACTOR * (factors.get(rule, 1.0) - 1)) / (bends[rule] + _PULL_FACTOR)
        for rule, pull in pulls.items()
    }
