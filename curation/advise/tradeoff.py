"""Size against generality: is a smaller model a narrower one, on the data as it is?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from curation import sizes
from curation.advise.population import Measure, Point, Population
from curation.advise.statistics import FEWEST, METHODS, Correlation, Share, correlation, share

Verdict = Literal[
    "smaller is narrower",
    "smaller is slightly narrower",
    "no relation shown",
    "smaller is slightly broader",
    "smaller is broader",
]
#: A correlation below this is called slight (Cohen, 1988, calls it small).
_SLIGHT = 0.3

#: Bins of parameters, by their upper bounds.
_BINS = (
    (10**8, "up to 100M"),
    (10**9, "100M to 1B"),
    (10**10, "1B to 10B"),
    (float("inf"), "over 10B"),
)
_TIERS = ("lightweight", "standard", "advanced", "xlarge")
_SHOWN = 10


class TaskRow(msgspec.Struct, frozen=True, kw_only=True):
    """One task: the share of narrow models, and the correlation within it."""

    task: str
    narrow: Share
    correlation: Correlation


class Tradeoff(msgspec.Struct, frozen=True, kw_only=True):
    """What the data say. A positive correlation means that larger models are broader.

    ``tiers`` maps a bin of size to the share of narrow models in it. ``small_but_broad`` and
    ``large_but_narrow`` speak against "smaller is narrower": they lie in the lowest and the highest
    quarter of sizes.
    """

    measure: Measure
    models: int
    sizeless: int
    scopeless: int
    n: int
    correlation: Correlation
    verdict: Verdict
    narrow: Share | None
    tiers: dict[str, Share]
    kinds: dict[str, Correlation]
    tasks: tuple[TaskRow, ...]
    small_but_broad: tuple[Point, ...]
    large_but_narrow: tuple[Point, ...]
    methods: dict[str, str]


def tradeoff(held: Population) -> Tradeoff:
    """Measure the population. Raises UsageError where scipy is not installed."""
    points = held.points
    overall = correlation([one.size for one in points], list(map(breadth, points)))
    return Tradeoff(
        measure=held.measure,
        models=held.models,
        sizeless=held.sizeless,
        scopeless=held.scopeless,
        n=len(points),
        correlation=overall,
        verdict=_verdict(overall),
        narrow=_narrow(points) if points else None,
        tiers=_tiers(held),
        kinds=_kinds(points),
        tasks=_tasks(points),
        small_but_broad=_small_but_broad(points),
        large_but_narrow=_large_but_narrow(points),
        methods=METHODS,
    )


def breadth(point: Point) -> int:
    """How broad a model is: 0 if general, less by one for each kind in which it is narrow."""
    return -len(point.kinds)


def bin_of(size: int, measure: Measure) -> str:
    """The name of the bin of a size: the tiers for bytes, powers of ten for parameters."""
    if measure == "bytes":
        return sizes.tier(size)
    return next(name for bound, name in _BINS if size <= bound)


def _verdict(found: Correlation) -> Verdict:
    if found.spearman is None or found.spearman_interval is None:
        return "no relation shown"
    low, high = found.spearman_interval
    if low <= 0 <= high:
        return "no relation shown"
    slight = abs(found.spearman) < _SLIGHT
    if low > 0:
        return "smaller is slightly narrower" if slight else "smaller is narrower"
    return "smaller is slightly broader" if slight else "smaller is broader"


def _narrow(points: Iterable[Point]) -> Share:
    held = tuple(points)
    return share(sum(bool(one.kinds) for one in held), len(held))


def _tiers(held: Population) -> dict[str, Share]:
    order = _TIERS if held.measure == "bytes" else tuple(name for _, name in _BINS)
    found = {
        name: [one for one in held.points if bin_of(one.size, held.measure) == name]
        for name in order
    }
    return {name: _narrow(points) for name, points in found.items() if points}


def _kinds(points: Sequence[Point]) -> dict[str, Correlation]:
    """For each kind of narrowness alone, the correlation of size with being free of it."""
    sizes_ = [one.size for one in points]
    kinds = sorted({kind for one in points for kind in one.kinds})
    return {kind: correlation(sizes_, [kind not in one.kinds for one in points]) for kind in kinds}


def _tasks(points: Iterable[Point]) -> tuple[TaskRow, ...]:
    by_task: dict[str, list[Point]] = {}
    for one in points:
        by_task.setdefault(one.task or "unknown", []).append(one)
    rows = [
        TaskRow(
            task=task,
            narrow=_narrow(held),
            correlation=correlation([one.size for one in held], list(map(breadth, held))),
        )
        for task, held in by_task.items()
        if len(held) >= FEWEST
    ]
    return tuple(sorted(rows, key=lambda row: (-row.narrow.n, row.task)))


def _small_but_broad(points: Sequence[Point]) -> tuple[Point, ...]:
    bound = points[len(points) // 4].size if points else 0
    return tuple(one for one in points if one.size < bound and not one.kinds)[:_SHOWN]


def _large_but_narrow(points: Sequence[Point]) -> tuple[Point, ...]:
    bound = points[len(points) * 3 // 4].size if points else 0
    found = [one for one in points if one.size > bound and one.kinds]
    found.sort(key=lambda one: (-one.size, -len(one.kinds), one.id))
    return tuple(found[:_SHOWN])
