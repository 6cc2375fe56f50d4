"""The solver against trying everything."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.advise.solver import Choice, lightest, most

pytest.importorskip("scipy", reason="needs the extra 'advise'")

NEEDS = 4


def choices(heaviest: int) -> st.SearchStrategy[list[Choice]]:
    one = st.tuples(st.integers(0, heaviest), st.frozensets(st.integers(0, NEEDS - 1)))
    return st.lists(one, max_size=7).map(
        lambda found: [Choice(f"m{n}", *parts) for n, parts in enumerate(found)]
    )


def subsets(held: list[Choice]) -> Iterable[tuple[Choice, ...]]:
    for size in range(len(held) + 1):
        yield from itertools.combinations(held, size)


def weight(found: Iterable[Choice]) -> int:
    return sum(one.weight for one in found)


def covered(found: Iterable[Choice]) -> frozenset[int]:
    return frozenset().union(*(one.covers for one in found))


@given(choices(100) | choices(10**11))
def test_nothing_covers_all_for_less(held: list[Choice]) -> None:
    full = [weight(some) for some in subsets(held) if covered(some) == frozenset(range(NEEDS))]
    found = lightest(range(NEEDS), held)
    if found is None:
        assert full == []
    else:
        assert weight(found) == min(full)
        assert covered(found) == frozenset(range(NEEDS))


@given(choices(100), st.integers(0, 300), st.frozensets(st.integers(0, NEEDS - 1)))
def test_nothing_covers_more_within_the_budget_or_as_much_for_less(
    held: list[Choice], budget: int, first: frozenset[int]
) -> None:
    def value(some: Iterable[Choice]) -> tuple[int, int, int]:
        done = covered(some)
        return len(done & first), len(done), -weight(some)

    best = max(value(some) for some in subsets(held) if weight(some) <= budget)
    found = most(range(NEEDS), held, budget, first)
    assert weight(found) <= budget
    assert value(found) == best


def test_a_set_that_fills_the_budget_to_the_byte_is_found() -> None:
    thirds = [Choice(f"m{n}", 10**9, frozenset({n})) for n in range(NEEDS)]
    assert len(most(range(NEEDS), thirds, 3 * 10**9)) == 3
    assert len(most(range(NEEDS), thirds, 3 * 10**9 - 1)) == 2


@given(choices(10**11), st.integers(1, 4 * 10**11))
def test_no_budget_is_broken(held: list[Choice], budget: int) -> None:
    assert weight(most(range(NEEDS), held, budget)) <= budget


@given(choices(100))
def test_nobody_is_in_the_team_for_nothing(held: list[Choice]) -> None:
    found = lightest(range(NEEDS), held) or ()
    for one in found:
        assert covered(other for other in found if other is not one) != covered(found)


def test_no_needs_need_nobody() -> None:
    assert lightest([], [Choice("a", 1, frozenset({0}))]) == ()
    assert most([0], [], 10) == ()
