"""Decisions that have to be looked at again, because what stands without them is other by now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curation import canonical, evidence
from curation.records import Decision, FacetTags
from curation.review import signing
from curation.review.session.items import Case, Item, Why
from curation.review.session.memory import changes, shown
from curation.store.deciding import Part
from curation.values import Value


class _Standing(NamedTuple):
    """A decision, and what stands without it: ``same`` says whether that is the same value."""

    part: Part
    name: str
    decision: Decision
    facet: FacetTags | None
    judged: str
    same: bool
    told: tuple[str, ...]


def overtaken(case: Case) -> Iterator[Item]:
    """The decisions that changed evidence, their own value or their expiry puts in question."""
    for one in _standing(case):
        why, told = _overtaken(one, case.today)
        if why:
            yield Item(
                id=case.record.id,
                part=one.part,
                name=one.name,
                why=why,
                judged=one.judged,
                facet=one.facet,
                value=shown(one.decision.value),
                accepts=_value(one.decision),
                decision=one.decision,
                changes=told,
            )


def _standing(case: Case) -> Iterator[_Standing]:
    for name, decision in case.override.tags.items():
        if case.bare is None:  # only its expiry can be told
            yield _Standing(
                "tags", name, decision, None, decision.judged or "", decision.confirms, ()
            )
            continue
        facet: FacetTags = getattr(case.bare, name)
        told = changes(decision.judged, evidence.said(facet), case.memory)
        same = signing.is_inferred(facet, _value(decision))
        yield _Standing("tags", name, decision, facet, evidence.judged(facet), same, told)
    for name, decision in case.override.facts.items():
        stated = getattr(case.record.facts, name)
        was = case.memory.stated.get(decision.judged or "", "something else")
        told = (f"the Hub stated {was}, and now {shown(stated)}",)
        same = signing.is_stated(stated, _value(decision))
        yield _Standing("facts", name, decision, None, canonical.digest(stated), same, told)


def _overtaken(one: _Standing, today: str) -> tuple[Why | None, tuple[str, ...]]:
    """Why a decision has to be looked at again, and what is other than when it was made."""
    decision = one.decision
    if decision.judged not in (None, one.judged):
        return "stale", one.told
    if one.same and not decision.confirms:
        return "stale", ("without it the value would be the same by now",)
    if decision.confirms and not one.same:
        return "stale", ("what it confirms is not what holds without it",)
    if decision.expires and decision.expires < today:
        return "expired", (f"it held until {decision.expires}",)
    return None, ()


def _value(decision: Decision) -> Value:
    return () if decision.value is None else decision.value
