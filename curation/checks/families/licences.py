"""Licences: stated, known, and not freer than what a model was made from allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curation.checks.claims import Claim, of_record
from curation.checks.seen import category
from curation.checks.world import World
from curation.ids import clip

#: From free to strict; the other categories say too little to be compared.
_ORDER = ("permissive", "copyleft", "restricted", "non-commercial")
_PLACE = ("facts", "license")


class _Licence(NamedTuple):
    """What holds for a model: stated by the Hub, or decided by a person."""

    id: str | None
    category: str | None
    decided: bool


def of_catalog(world: World) -> Iterator[Claim]:
    """Records without a licence, with an unknown one, or with one that the base denies."""
    for model_id, row in world.records.items():
        if row.revision is None:
            continue
        ours = _licence(world, model_id)
        if ours.id is None:
            yield of_record(model_id, "CUR242", _PLACE, "the Hub states no licence")
        elif ours.category == "unknown":
            message = f"no licence of this name: {clip(ours.id)}"
            yield of_record(model_id, "CUR232", _PLACE, message)
        elif row.bases and not ours.decided:  # else a person has looked at it
            yield from _against_bases(world, model_id, ours)


def _against_bases(world: World, model_id: str, ours: _Licence) -> Iterator[Claim]:
    for base in world.records[model_id].bases:
        if base not in world.records:
            continue
        theirs = _licence(world, base)
        if _freer(ours.category, theirs.category):
            message = f"{clip(ours.id)} ({ours.category}), but it is made from {base}"
            message += f", which is under {clip(theirs.id)} ({theirs.category})"
            yield of_record(model_id, "CUR243", _PLACE, message)


def _freer(ours: str | None, theirs: str | None) -> bool:
    if ours not in _ORDER or theirs not in _ORDER:
        return False
    return _ORDER.index(ours) < _ORDER.index(theirs)


def _licence(world: World, model_id: str) -> _Licence:
    override = world.overrides.get(model_id)
    decision = override.facts.get("license") if override else None
    if decision is None:
        row = world.records[model_id]
        return _Licence(row.license, row.category, False)
    value = decision.value if isinstance(decision.value, str) else None
    return _Licence(value, category(value) if value else None, True)
