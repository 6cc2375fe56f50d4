"""The smallest team of models that covers some needs, beside the best single generalist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from curation.advise.match import REMINDER, rank
from curation.advise.reading import Reading, read
from curation.advise.seats import Seat, seats
from curation.advise.shortfall import notes, unsized
from curation.advise.solver import Choice, lightest, most
from curation.advise.weight import Span
from curation.advise.wishes import Wishes
from curation.errors import UsageError
from curation.model import Model
from curation.records import Result

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
    """What to use for the needs, as they were read, within ``budget`` bytes.

    ``team`` is of models made for the needs, ``generalist`` of the one general model that does
    most of them, ``hybrid`` of specialists and one generalist for the rest, where that covers more
    than the team. ``notes`` say why something is not covered. ``unsized`` fit, but state no size.
    """

    needs: tuple[str, ...]
    readings: tuple[Reading, ...]
    budget: int
    team: Team
    generalist: Team | None
    hybrid: Team | None
    notes: tuple[str, ...]
    unsized: dict[str, tuple[str, ...]]
    reminder: str = REMINDER


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
    readings = {need: read(need) for need in asked}
    ranked = [rank(reading, held, wishes) for reading in readings.values()]
    found = seats(ranked)
    made = _team(asked, _within(range(len(asked)), found, budget), frozenset())
    spare = {need: unsized(judged) for need, judged in zip(asked, ranked, strict=True)}
    return Plan(
        needs=asked,
        readings=tuple(readings.values()),
        budget=budget,
        team=made,
        generalist=_generalist(asked, found, budget),
        hybrid=_hybrid(asked, found, budget, made),
        notes=tuple(notes(readings, ranked, found, budget, made.missing)),
        unsized={need: names for need, names in spare.items() if names},
    )


def _within(
    needs: Iterable[int], seats: Iterable[Seat], budget: int, first: frozenset[int] = frozenset()
) -> list[Seat]:
    """The lightest seats for all needs, or for as many as the budget allows, ``first`` before."""
    held = {seat.model.id: seat for seat in seats}
    wanted = frozenset(needs)
    choices = [Choice(name, seat.weight.most, seat.made) for name, seat in held.items()]
    coverable = wanted & frozenset().union(*(choice.covers for choice in choices))
    found = lightest(coverable, choices) or ()
    if sum(choice.weight for choice in found) > budget:
        found = most(coverable, choices, budget, first)
    return [held[choice.name] for choice in found]


def _team(needs: Sequence[str], seats: Sequence[Seat], told: frozenset[int]) -> Team:
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


def _generalist(needs: Sequence[str], seats: Iterable[Seat], budget: int) -> Team | None:
    """The one model not narrow in what it does that covers most needs; the lightest of equals."""
    fitting = [one for one in seats if one.weight.most <= budget and one.general]
    if not fitting:
        return None
    best = min(
        fitting,
        key=lambda one: (-len(one.made | one.told), -len(one.made), one.weight.most, one.model.id),
    )
    return _team(needs, [best], frozenset(range(len(needs))))


def _hybrid(needs: Sequence[str], seats: Sequence[Seat], budget: int, made: Team) -> Team | None:
    """The team with a generalist for what it lacks; None where that covers no more.

    Where the budget is short, what the generalist cannot be told to do goes before.
    """
    best, all_needs = None, frozenset(range(len(needs)))
    for general in _lightest_generalists(seats, budget):
        rest = all_needs - general.made
        covered = frozenset().union(*(one.made for one in seats)) & rest
        left = budget - general.weight.most
        others = _within(covered, seats, left, rest - general.told) if covered else []
        found = _team(needs, [*(one for one in others if one is not general), general], all_needs)
        if best is None or (len(found.missing), found.total) < (len(best.missing), best.total):
            best = found
    return best if best and len(best.missing) < len(made.missing) else None


def _lightest_generalists(seats: Iterable[Seat], budget: int) -> Iterable[Seat]:
    """The lightest of the generalists that do the same needs."""
    held: dict[tuple[frozenset[int], frozenset[int]], Seat] = {}
    for one in sorted(seats, key=lambda one: (one.weight.most, one.model.id)):
        if one.general and one.weight.most <= budget:
            held.setdefault((one.made, one.told), one)
    return held.values()
