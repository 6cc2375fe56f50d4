"""What is known of each rule: how often it fires, how right it is, what it is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from curation.rules import Pack
from curation.tagging.governance.survey import Survey, Tally
from curation.tagging.governance.worth import NONE, Worth

#: Other rules that are named beside a rule, at most.
_NAMED = 5


class RuleStats(msgspec.Struct, frozen=True, kw_only=True):
    """One rule over some models; ``pack`` is null for what is written in code.

    ``models`` have a mark of it, ``chosen`` values rest on it; of ``judged`` values that it
    supports on annotated models the share ``precision`` is in gold. ``overlaps`` and ``conflicts``
    count votes that other rules share or oppose. Without it ``helps`` annotated fields would be
    wrong and ``harms`` would be right. A ``dead`` rule never fires; a ``shadowed`` one changes
    nothing, and another always fires too. What needs gold is null without it.
    """

    rule: str
    pack: str | None
    models: int
    chosen: int
    judged: int | None = None
    precision: float | None = None
    overlaps: dict[str, int]
    conflicts: dict[str, int]
    helps: int | None = None
    harms: int | None = None
    state: Literal["dead", "shadowed"] | None = None


def stats(
    survey: Survey, packs: Iterable[Pack], worths: Mapping[str, Worth] | None = None
) -> list[RuleStats]:
    """The stats of every rule of ``packs`` and of all that fired, by id.

    ``worths`` come from annotated models; null without these.
    """
    owner = {rule.id: pack.name for pack in packs for rule in pack.rule}
    ids = sorted({*owner, *survey.tallies})
    return [
        _stats(rule, owner.get(rule), survey.tallies.get(rule, Tally()), worths) for rule in ids
    ]


def _stats(
    rule: str, pack: str | None, tally: Tally, worths: Mapping[str, Worth] | None
) -> RuleStats:
    found = RuleStats(
        rule=rule,
        pack=pack,
        models=tally.models,
        chosen=tally.chosen,
        overlaps=_most(tally.overlaps),
        conflicts=_most(tally.conflicts),
        state=None if tally.models else "dead",
    )
    if worths is None:
        return found
    value = worths.get(rule, NONE)
    return msgspec.structs.replace(
        found,
        judged=tally.judged,
        precision=round(tally.right / tally.judged, 4) if tally.judged else None,
        helps=value.helps,
        harms=value.harms,
        state="shadowed" if _shadowed(tally, value) else found.state,
    )


def _most(counts: Counter[str]) -> dict[str, int]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:_NAMED])


def _shadowed(tally: Tally, value: Worth) -> bool:
    if not tally.votes or value.moves:
        return False
    return max(tally.overlaps.values(), default=0) == tally.votes
