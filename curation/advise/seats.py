"""Who may sit in a team: models with a stated size, and what each does of some needs."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from curation.advise.judgement import Lack
from curation.advise.match import Judged
from curation.advise.weight import Span, weight
from curation.model import Model

#: A model covers a need only if it fits about as well as the best one that states its size: else
#: the smallest and narrowest would win every seat. In points of ``match``.
_MARGIN = 0.25


class Seat(msgspec.Struct, frozen=True):
    """A model with a stated size: the needs that it is made for, and those it can be told to do."""

    model: Model
    weight: Span
    made: frozenset[int]
    told: frozenset[int]
    warnings: tuple[str, ...]

    @property
    def general(self) -> bool:
        """Whether it is not narrow in what it does, and does any of the needs."""
        return not set(self.model.kinds) - {"platform"} and bool(self.made | self.told)


def seats(ranked: Sequence[Sequence[Judged]]) -> list[Seat]:
    """The models that do any of the needs, by id; ``ranked`` are all models for each need."""
    made: dict[str, set[int]] = {}
    told: dict[str, set[int]] = {}
    warnings: dict[str, list[str]] = {}
    models: dict[str, tuple[Model, Span]] = {}
    for need, judged in enumerate(ranked):
        sized = [(one, span) for one in judged if (span := weight(one.model)) is not None]
        best = max((one.view.points for one, _ in sized if not one.view.lacks), default=0.0)
        for one, span in sized:
            if not one.view.lacks and one.view.points >= best - _MARGIN:
                made.setdefault(one.model.id, set()).add(need)
                warnings.setdefault(one.model.id, []).extend(one.view.warnings)
            elif one.view.lacks and _tellable(one.model, one.view.lacks):
                told.setdefault(one.model.id, set()).add(need)
            else:
                continue
            models[one.model.id] = one.model, span
    return [
        Seat(
            model,
            span,
            frozenset(made.get(name, ())),
            frozenset(told.get(name, ())),
            tuple(dict.fromkeys(warnings.get(name, ()))),
        )
        for name, (model, span) in sorted(models.items())
    ]


def _tellable(model: Model, lacks: tuple[Lack, ...]) -> bool:
    narrow = set(model.kinds) - {"platform"}
    return not narrow and all(lack.tellable for lack in lacks)
