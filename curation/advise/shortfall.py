"""Why a team does not do all that it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from curation.advise.match import Judged
from curation.advise.reading import Reading
from curation.advise.seats import Seat
from curation.advise.solver import Choice, lightest
from curation.advise.weight import shown, weight

_NAMED = 3


def notes(
    readings: Mapping[str, Reading],
    ranked: Sequence[Sequence[Judged]],
    seats: Sequence[Seat],
    budget: int,
    missing: Collection[str],
) -> Iterator[str]:
    """A line for each missing need, and one for the budget where that is what is short."""
    coverable = frozenset().union(*(seat.made for seat in seats))
    short = False
    for n, (need, reading) in enumerate(readings.items()):
        if n in coverable and need in missing:
            short = True
            one = min((one for one in seats if n in one.made), key=_lightness)
            yield f"{need}: the lightest that fits is {one.model.id}, {one.weight}"
        elif n not in coverable:
            yield f"{need}: {_uncovered(reading, ranked[n])}"
    if short:
        choices = [Choice(one.model.id, one.weight.most, one.made) for one in seats]
        full = sum(one.weight for one in lightest(coverable, choices) or ())
        yield (
            f"the smallest team for all that can be covered weighs {shown(full)}, over the budget"
            f" of {shown(budget)}"
        )


def unsized(judged: Sequence[Judged]) -> tuple[str, ...]:
    """The best of the models that fit and state no size, so cannot be weighed."""
    fits = (one.model for one in judged if not one.view.lacks)
    return tuple(one.id for one in fits if weight(one) is None)[:_NAMED]


def _lightness(one: Seat) -> tuple[int, str]:
    return one.weight.most, one.model.id


def _uncovered(reading: Reading, judged: Sequence[Judged]) -> str:
    if not reading.understood:
        return "what the model is to do was not understood: say it in other words"
    if not judged:
        return "there are no models"
    if names := unsized(judged):
        return f"what fits states no size and cannot be weighed: {', '.join(names)}"
    lacks = "; ".join(lack.text for lack in judged[0].view.lacks)
    return f"nothing fits; nearest is {judged[0].model.id}: {lacks}"
