"""The lightest sets of models that cover some needs: integer programs for scipy's HiGHS.

Needs are numbers. Both the lightest cover and the most needs within a budget are NP-hard; the
programs stay small because of models that cover the same needs only the lightest is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from curation.errors import UsageError

#: Weights are told to the solver in whole parts, so many to the budget and rounded up: its
#: tolerances cannot break the budget, and only a set within a millionth of it can be missed.
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


def most(needs: Iterable[int], choices: Iterable[Choice], budget: int) -> tuple[Choice, ...]:
    """The lightest choices for as many needs as ``budget`` bytes can cover."""
    wanted = frozenset(needs)
    held = _undominated((one for one in choices if one.weight <= budget), wanted)
    if not held:
        return ()
    np, optimize = _libraries()
    parts = min(budget, _PARTS)
    covers = np.array([[float(need in one.covers) for one in held] for need in sorted(wanted)])
    weights = np.array([float(-(-one.weight * parts // budget)) for one in held])
    rows = [
        optimize.LinearConstraint(np.hstack([covers, -np.eye(len(wanted))]), lb=0.0),
        optimize.LinearConstraint(np.append(weights, np.zeros(len(wanted))), ub=float(parts)),
    ]
    taken = _solved(np.append(np.zeros(len(held)), -np.ones(len(wanted))), rows)
    found = [one for one, x in zip(held, taken[: len(held)], strict=True) if x > 0.5]
    return lightest(_union(found), held) or ()


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
    return found.x


def _libraries() -> tuple[Any, Any]:
    try:
        import numpy as np
        from scipy import optimize
    except ImportError as error:
        raise UsageError(
            "scipy is not installed", hint="pip install 'curate-models[advise]'"
        ) from error
    return np, optimize
