"""Rank correlation and shares with their intervals, from scipy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from curation.errors import UsageError

#: Fewer models than this tell nothing of a correlation.
FEWEST = 10
_LEVEL = 0.95
_RESAMPLES = 1000
_SEED = 20260814
#: How each figure is made, for those who read only the figures.
METHODS = {
    "spearman": "rank correlation, ties get their average rank",
    "kendall": "tau-b, which allows for ties",
    "correlation intervals": f"95%, percentile bootstrap of {_RESAMPLES:,} resamples of pairs",
    "share intervals": "95%, Wilson",
}


class Correlation(msgspec.Struct, frozen=True, kw_only=True):
    """Spearman's rho and Kendall's tau-b of ``n`` pairs, with 95% percentile bootstrap intervals.

    All null where they are not defined: too few pairs, or one side is constant.
    """

    n: int
    spearman: float | None = None
    spearman_interval: tuple[float, float] | None = None
    kendall: float | None = None
    kendall_interval: tuple[float, float] | None = None


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """``count`` of ``n``, as a share with its 95% Wilson interval."""

    count: int
    n: int
    share: float
    interval: tuple[float, float]


def correlation(first: Sequence[float], second: Sequence[float]) -> Correlation:
    """How two sides of pairs rank alike. Equal input gives equal intervals."""
    n = len(first)
    if n < FEWEST or len(set(first)) < 2 or len(set(second)) < 2:
        return Correlation(n=n)
    stats = _stats()
    return Correlation(
        n=n,
        spearman=_statistic(stats.spearmanr, first, second),
        spearman_interval=_bootstrap(stats.spearmanr, first, second),
        kendall=_statistic(stats.kendalltau, first, second),
        kendall_interval=_bootstrap(stats.kendalltau, first, second),
    )


def share(count: int, n: int) -> Share:
    """``count`` of ``n`` (over 0), with its interval."""
    bounds = _stats().binomtest(count, n).proportion_ci(_LEVEL, method="wilson")
    interval = (round(float(bounds.low), 4), round(float(bounds.high), 4))
    return Share(count=count, n=n, share=round(count / n, 4), interval=interval)


def _statistic(function: Any, first: Sequence[float], second: Sequence[float]) -> float:
    return round(float(function(first, second).statistic), 4)


def _bootstrap(
    function: Any, first: Sequence[float], second: Sequence[float]
) -> tuple[float, float]:
    """The percentile interval over resampled pairs; samples with a constant side do not count."""
    import numpy as np

    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    random = np.random.default_rng(_SEED)
    found = []
    for _ in range(_RESAMPLES):
        chosen = random.integers(0, len(one), len(one))
        sample = one[chosen], other[chosen]
        if all(len(np.unique(side)) > 1 for side in sample):
            found.append(function(*sample).statistic)
    tail = (1 - _LEVEL) / 2
    low, high = np.quantile(found, [tail, 1 - tail])
    return round(float(low), 4), round(float(high), 4)


def _stats() -> Any:
    try:
        from scipy import stats
    except ImportError as error:
        raise UsageError(
            "scipy is not installed", hint="pip install 'curate-models[advise]'"
        ) from error
    return stats
