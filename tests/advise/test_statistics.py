"""Correlations and shares against their definitions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.advise.statistics import FEWEST, correlation, share

pytest.importorskip("scipy", reason="needs the extra 'advise'")

PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(-3, 0)), min_size=FEWEST, max_size=30)


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the mean of theirs."""
    order = sorted(values)
    return [order.index(one) + (order.count(one) + 1) / 2 for one in values]


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    means = sum(one) / len(one), sum(other) / len(other)
    both = sum((a - means[0]) * (b - means[1]) for a, b in zip(one, other, strict=True))
    squares = [
        sum((a - mean) ** 2 for a in side) for side, mean in zip((one, other), means, strict=True)
    ]
    return both / math.sqrt(squares[0] * squares[1])


def tau_b(one: Sequence[float], other: Sequence[float]) -> float:
    score, apart = 0, [0, 0]
    for (a, b), (c, d) in combinations(zip(one, other, strict=True), 2):
        score += (a > c) * (b > d) + (a < c) * (b < d) - (a > c) * (b < d) - (a < c) * (b > d)
        apart = [apart[0] + (a != c), apart[1] + (b != d)]
    return score / math.sqrt(apart[0] * apart[1])


@settings(max_examples=15)  # each resamples a thousand times, twice
@given(PAIRS)
def test_ties_count_as_they_are_defined_to(pairs: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    found = correlation(one, other)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert found.spearman is None
        assert found.spearman_interval is None
        return
    assert found.spearman == pytest.approx(pearson(ranks(one), ranks(other)), abs=1e-4)
    assert found.kendall == pytest.approx(tau_b(one, other), abs=1e-4)
    assert found.spearman_interval is not None
    low, high = found.spearman_interval
    assert -1 <= low <= high <= 1


def test_an_interval_narrows_as_there_are_more() -> None:
    widths = []
    for times in (1, 10):
        pairs = [(n % 7, (n * 3) % 5) for n in range(20)] * times
        found = correlation([a for a, _ in pairs], [b for _, b in pairs])
        assert found.spearman is not None
        assert found.spearman_interval is not None
        low, high = found.spearman_interval
        assert low <= found.spearman <= high
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


def test_the_interval_is_that_of_scipys_bootstrap() -> None:
    from scipy import stats

    one, other = [n % 7 + n % 3 for n in range(60)], [n % 5 + n % 7 for n in range(60)]
    theirs = stats.bootstrap(
        (one, other),
        lambda first, second: stats.spearmanr(first, second).statistic,
        paired=True,
        vectorized=False,
        method="percentile",
        n_resamples=1000,
        rng=1,
    ).confidence_interval
    found = correlation(one, other).spearman_interval
    assert found == pytest.approx((theirs.low, theirs.high), abs=0.03)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_a_share_is_wilsons(pair: tuple[int, int]) -> None:
    count, n = pair
    z = 1.959964
    middle = (count + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * math.sqrt(count * (n - count) / n + z**2 / 4)
    assert share(count, n).interval == pytest.approx((middle - half, middle + half), abs=1e-4)
