"""The lightest sets of models that cover some needs: integer programs for scipy's HiGHS.

Needs are numbers. Both the lightest cover and the most needs within a budget are NP-hard; the
programs stay small because of models that cover the same needs only the lightest is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from curation.errors import UsageError

#: Weights are told to the solver in whole parts, at most so many to the budget: its tolerances
#: cannot break the budget. Where the largest unit that all weights are multiples of is finer than
#: that, they are rounded up, and only a set within a millionth of the budget can be missed.
_PARTS = 10**6


class Choice(msgspec.Struct, frozen=True):
    """Something that can be chosen: what it weighs in bytes, and the needs that it covers."""

    name: str
    weight: int
    covers: frozenset[int]


def lightest(needs: Iterable[int], choices: Iterable[Choice]) -> tuple[Choice, ...] | None:
    """The choices of least total weight that cover all needs; None where they cannot.

    Raises UsageError where scipy is not installed.
    """
    wanted = frozenset(needs)
    held = _undominated(choices, wanted)
    if frozenset().union(*(one.covers for one in held)) != wanted:
        return None
    if not wanted:
        return ()
    np, optimize = _libraries()
    covers = np.array([[float(need in one.covers) for one in held] for need in sorted(wanted)])
    costs = np.array([float(one.weight) for one in held])
    taken = _solved(costs, [optimize.LinearConstraint(covers, lb=1.0)])
    return _needed([one for one, x in zip(held, taken, strict=True) if x > 0.5], wanted)


def most(
    needs: Iterable[int],
    choices: Iterable[Choice],
    budget: int,
    first: frozenset[int] = frozenset(),
) -> tuple[Choice, ...]:
    """Of the choices that cover most needs within ``budget`` bytes, those of least total weight.

    One need of ``first`` counts more than all others together.
    """
    wanted = frozenset(needs)
    held = _undominated((one for one in choices if one.weight <= budget), wanted)
    if not held:
        return ()
    np, optimize = _libraries()
    parts, told = _in_parts([one.weight for one in held], budget)
    order = sorted(wanted)
    covers = np.array([[float(need in one.covers) for one in held] for need in order])
    values = np.array([float(len(wanted) + 1 if need in first else 1) for need in order])
    none, nothing = np.zeros(len(held)), np.zeros(len(order))
    rows = [
        optimize.LinearConstraint(np.hstack([covers, -np.eye(len(order))]), lb=0.0),
        optimize.LinearConstraint(np.append(told, nothing), ub=parts),
    ]
    best = round(float(values @ _solved(np.append(none, -values), rows)[len(held) :]))
    rows.append(optimize.LinearConstraint(np.append(none, values), lb=float(best)))
    weights = np.array([float(one.weight) for one in held])
    taken = _solved(np.append(weights, nothing), rows)
    found = [one for one, x in zip(held, taken[: len(held)], strict=True) if x > 0.5]
    return _needed(found, _union(found))


def _in_parts(weights: Sequence[int], budget: int) -> tuple[int, list[float]]:
    """The parts to a budget, and of each weight."""
    parts = min(budget // (math.gcd(budget, *weights) or 1), _PARTS)
    return parts, [float(-(-one * parts // max(budget, 1))) for one in weights]


def _union(choices: Iterable[Choice]) -> frozenset[int]:
    return frozenset().union(*(one.covers for one in choices))


def _undominated(choices: Iterable[Choice], wanted: frozenset[int]) -> list[Choice]:
    """The lightest choice for each set of needs; what covers nothing wanted is left out."""
    best: dict[frozenset[int], Choice] = {}
    for one in sorted(choices, key=lambda one: (one.weight, one.name)):
        if covers := one.covers & wanted:
            best.setdefault(covers, Choice(one.name, one.weight, covers))
    return list(best.values())


def _needed(found: Sequence[Choice], wanted: frozenset[int]) -> tuple[Choice, ...]:
    """What is left when choices without weight that add nothing are dropped."""
    kept = list(found)
    for one in found:
        rest = [other for other in kept if other is not one]
        if _union(rest) >= wanted:
            kept = rest
    return tuple(sorted(kept, key=lambda one: (min(one.covers), one.name)))


def _solved(costs: Any, rows: list[Any]) -> Any:
    """The values, each 0 or 1, of least cost within ``rows``, which can be met."""
    np, optimize = _libraries()
    found = optimize.milp(
        costs,
        constraints=rows,
        integrality=np.ones(len(costs)),
        bounds=optimize.Bounds(0.0, 1.0),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise RuntimeError(f"the solver failed: {found.message}")
    return found.x.round()


def _libraries() -> tuple[Any, Any]:
    try:
        import numpy as np
        from scipy import optimize
    except ImportError as error:
        raise UsageError(
            "scipy is not installed", hint="pip install 'curate-models[advise]'"
        ) from error
    return np, optimize
