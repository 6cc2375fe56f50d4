"""The smallest team of models that covers some needs, beside the best single generalist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from curation.advise.judgement import Lack
from curation.advise.match import REMINDER, Judged, rank
from curation.advise.reading import read
from curation.advise.solver import Choice, lightest, most
from curation.advise.weight import Span, shown, weight
from curation.advise.wishes import Wishes
from curation.errors import UsageError
from curation.model import Model
from curation.records import Result

#: A model covers a need only if it fits about as well as the best one that states its size: else
#: the smallest and narrowest would win every seat. In points of ``match``.
_MARGIN = 0.25
_MOST_NEEDS = 20


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One model and the needs that it covers; ``told`` are those it only may do, when told to."""

    id: str
    weight: Span
    covers: tuple[str, ...]
    told: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    declared: tuple[Result, ...] = ()
    revision: str | None = None


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """Some models; ``total`` are bytes at most, ``missing`` the needs that none of them covers."""

    members: tuple[Member, ...]
    total: int
    missing: tuple[str, ...]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to use for the needs within ``budget`` bytes.

    ``team`` is of models made for the needs, ``generalist`` of the one general model that does
    most of them, ``hybrid`` of specialists and one generalist for the rest, where that covers more
    than the team. ``notes`` say why something is not covered. ``unsized`` fit, but state no size.
    """

    needs: tuple[str, ...]
    budget: int
    team: Team
    generalist: Team | None
    hybrid: Team | None
    notes: tuple[str, ...]
    unsized: dict[str, tuple[str, ...]]
    reminder: str = REMINDER


class _Seat(msgspec.Struct, frozen=True):
    """A model with a stated size: the needs that it is made for, and those it can be told to do."""

    model: Model
    weight: Span
    made: frozenset[int]
    told: frozenset[int]
    warnings: tuple[str, ...]


def team(
    needs: Sequence[str],
    models: Iterable[Model],
    budget: int,
    wishes: Wishes = Wishes(),  # noqa: B008
) -> Plan:
    """The smallest team for ``needs`` within ``budget`` bytes in all.

    Raises UsageError for no needs or too many, a need without words, and contradictory wishes.
    """
    asked = tuple(dict.fromkeys(needs))
    if not asked or len(asked) > _MOST_NEEDS:
        raise UsageError(
            f"{len(asked)} needs make no team", hint=f"say 1 to {_MOST_NEEDS} with --need"
        )
    held = tuple(models)
    ranked = [rank(read(need), held, wishes) for need in asked]
    seats = _seats(ranked)
    chosen = _within(range(len(asked)), seats, budget)
    made = _team(asked, chosen, frozenset())
    return Plan(
        needs=asked,
        budget=budget,
        team=made,
        generalist=_generalist(asked, seats, budget),
        hybrid=_hybrid(asked, seats, budget, made),
        notes=_notes(asked, ranked, seats, budget, made),
        unsized=_unsized(asked, ranked),
    )


def _seats(ranked: Sequence[list[Judged]]) -> list[_Seat]:
    made: dict[str, set[int]] = {}
    told: dict[str, set[int]] = {}
    warnings: dict[str, list[str]] = {}
    models: dict[str, tuple[Model, Span]] = {}
    for need, judged in enumerate(ranked):
        sized = [(one, span) for one in judged if (span := weight(one.model)) is not None]
        best = max((one.view.points for one, _ in sized if not one.view.lacks), default=0.0)
        for one, span in sized:
            models[one.model.id] = one.model, span
            if not one.view.lacks and one.view.points >= best - _MARGIN:
                made.setdefault(one.model.id, set()).add(need)
                warnings.setdefault(one.model.id, []).extend(one.view.warnings)
            elif one.view.lacks and _tellable(one.model, one.view.lacks):
                told.setdefault(one.model.id, set()).add(need)
    return [
        _Seat(
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


def _within(needs: Iterable[int], seats: Iterable[_Seat], budget: int) -> list[_Seat]:
    """The lightest seats for all needs, or for as many as the budget allows."""
    held = {seat.model.id: seat for seat in seats}
    wanted = frozenset(needs)
    choices = [Choice(name, seat.weight.most, seat.made) for name, seat in held.items()]
    coverable = wanted & frozenset().union(*(choice.covers for choice in choices))
    found = lightest(coverable, choices) or ()
    if sum(choice.weight for choice in found) > budget:
        found = most(coverable, choices, budget)
    return [held[choice.name] for choice in found]


def _team(needs: Sequence[str], seats: Sequence[_Seat], told: frozenset[int]) -> Team:
    """The team of ``seats``; of needs that several cover, the first does each.

    ``told`` are the needs for which being told what to do counts.
    """
    left, members = set(range(len(needs))), []
    for seat in seats:
        made, may = seat.made & left, (seat.told & told) & left - seat.made
        left -= made | may
        members.append(
            Member(
                id=seat.model.id,
                weight=seat.weight,
                covers=tuple(needs[n] for n in sorted(made)),
                told=tuple(needs[n] for n in sorted(may)),
                warnings=seat.warnings if made else (),
                declared=seat.model.results,
                revision=seat.model.revision,
            )
        )
    return Team(
        members=tuple(members),
        total=sum(seat.weight.most for seat in seats),
        missing=tuple(needs[n] for n in sorted(left)),
    )


def _generalist(needs: Sequence[str], seats: Iterable[_Seat], budget: int) -> Team | None:
    """The one model not narrow in what it does that covers most needs; the lightest of equals."""
    fitting = [one for one in seats if one.weight.most <= budget and _general(one)]
    if not fitting:
        return None
    best = min(
        fitting,
        key=lambda one: (-len(one.made | one.told), -len(one.made), one.weight.most, one.model.id),
    )
    return _team(needs, [best], frozenset(range(len(needs))))


def _general(seat: _Seat) -> bool:
    return not set(seat.model.kinds) - {"platform"} and bool(seat.made | seat.told)


def _hybrid(needs: Sequence[str], seats: Sequence[_Seat], budget: int, made: Team) -> Team | None:
    """The team with a generalist for what it lacks; None where that covers no more."""
    best, all_needs = None, frozenset(range(len(needs)))
    for general in (one for one in seats if _general(one) and one.weight.most <= budget):
        rest = all_needs - general.made
        covered = frozenset().union(*(one.made for one in seats)) & rest
        others = _within(covered, seats, budget - general.weight.most) if covered else []
        found = _team(needs, [*(one for one in others if one is not general), general], all_needs)
        if best is None or (len(found.missing), found.total) < (len(best.missing), best.total):
            best = found
    return best if best and len(best.missing) < len(made.missing) else None


def _notes(
    needs: Sequence[str],
    ranked: Sequence[list[Judged]],
    seats: Sequence[_Seat],
    budget: int,
    made: Team,
) -> tuple[str, ...]:
    """Why the team misses what it misses."""
    coverable = frozenset().union(*(seat.made for seat in seats))
    notes = [_uncovered(needs[n], ranked[n]) for n in range(len(needs)) if n not in coverable]
    if any(needs[n] in made.missing for n in coverable):
        choices = [Choice(one.model.id, one.weight.most, one.made) for one in seats]
        full = sum(one.weight for one in lightest(coverable, choices) or ())
        notes.append(
            f"the smallest team for all that can be covered weighs {shown(full)}, over the"
            f" budget of {shown(budget)}"
        )
    return tuple(notes)


def _uncovered(need: str, judged: Sequence[Judged]) -> str:
    if not judged:
        return f"{need}: there are no models"
    first = judged[0]
    if not first.view.lacks:
        return f"{need}: what fits states no size, such as {first.model.id}"
    lacks = "; ".join(lack.text for lack in first.view.lacks)
    return f"{need}: nothing fits; nearest is {first.model.id}: {lacks}"


def _unsized(needs: Sequence[str], ranked: Sequence[list[Judged]]) -> dict[str, tuple[str, ...]]:
    """By need, the three best of the models that fit and state no size."""
    found = {
        need: tuple(
            one.model.id for one in judged if not one.view.lacks and weight(one.model) is None
        )[:3]
        for need, judged in zip(needs, ranked, strict=True)
    }
    return {need: names for need, names in found.items() if names}
