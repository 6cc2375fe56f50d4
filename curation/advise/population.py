"""The models of which size and scope are both told: what the trade-off is measured on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from curation.model import Model

Measure = Literal["parameters", "bytes"]


class Point(msgspec.Struct, frozen=True):
    """One model with a stated size (parameters or bytes) and a known scope.

    ``kinds`` are the ways in which it is narrow; a general model has none.
    """

    id: str
    size: int
    kinds: tuple[str, ...]
    task: str | None


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """The points, and how many models are left out for want of a size or of a scope."""

    measure: Measure
    points: tuple[Point, ...]
    models: int
    sizeless: int
    scopeless: int


def population(models: Iterable[Model], measure: Measure | None = None) -> Population:
    """The models that can be measured; by default by the size that more of them state."""
    held = tuple(models)
    chosen = measure or _more_stated(held)
    sized = [one for one in held if getattr(one, chosen)]
    points = [
        Point(one.id, getattr(one, chosen), one.kinds, one.task)
        for one in sized
        if one.scope in ("general", "specialized")
    ]
    return Population(
        measure=chosen,
        points=tuple(sorted(points, key=lambda one: (one.size, one.id))),
        models=len(held),
        sizeless=len(held) - len(sized),
        scopeless=len(sized) - len(points),
    )


def _more_stated(held: Iterable[Model]) -> Measure:
    ahead = sum(bool(one.bytes) - bool(one.parameters) for one in held)
    return "bytes" if ahead > 0 else "parameters"
