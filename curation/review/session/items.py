"""What of one model waits for a person: stale decisions, flipped scopes, conflicts, doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from curation import canonical, evidence, values
from curation.records import INFERRED, Decision, FacetTags, Override, Record, Tag, Tags
from curation.review.session.memory import changes, shown
from curation.store.deciding import Part
from curation.store.judgements import Judgements
from curation.store.ledgers import Rejection
from curation.values import Value

Why = Literal["stale", "expired", "flip", "conflict", "unsure"]
#: In the order in which they are asked for.
WHYS: tuple[Why, ...] = ("stale", "expired", "flip", "conflict", "unsure")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to decide on a model.

    ``facet`` is what the rules infer without decisions, None for a fact; ``judged`` hashes it.
    ``accepts`` is what holds when it is accepted, None where nothing can be; ``declines`` are the
    values that can be declined. ``value`` and ``rule`` are what a group has in common.
    ``was`` is the scope before, ``changes`` what is other than when it was decided, ``declined``
    has values that were declined before, though nothing decides so today.
    """

    id: str
    part: Part
    name: str
    why: Why
    judged: str
    facet: FacetTags | None = None
    value: str = ""
    rule: str = ""
    accepts: Value | None = None
    declines: tuple[str, ...] = ()
    decision: Decision | None = None
    was: str = ""
    changes: tuple[str, ...] = ()
    declined: tuple[Rejection, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from all others of the catalog."""
        return f"{self.id} {self.part}.{self.name}"

    @property
    def group(self) -> tuple[str, ...]:
        """What it shares with those that can be decided at once."""
        return (self.why, self.part, self.name, self.value, self.rule)

    def without(self, value: str) -> tuple[str, ...]:
        """What holds once ``value`` is declined; of what is contested, nothing was chosen."""
        return () if self.why == "conflict" else tuple(v for v in self.declines if v != value)


class Case(NamedTuple):
    """All that is known of a model.

    ``bare`` are its tags without decisions on tags, None if its card is not at hand; ``now`` those
    that hold, ``before`` those on the other side of a comparison. ``declined`` has what was
    declined of it before.
    """

    record: Record
    override: Override
    bare: Tags | None
    now: Tags
    before: Tags | None
    declined: tuple[Rejection, ...]
    memory: Judgements
    today: str


def waiting(case: Case) -> Iterator[Item]:
    """What waits for a decision; what is decided on today's evidence does not."""
    yield from _decided_tags(case)
    yield from _decided_facts(case)
    if "kinds" not in case.override.tags and case.before:
        yield from _flip(case, case.before)
    for name in INFERRED:
        if name not in case.override.tags:
            facet: FacetTags = getattr(case.bare or case.record.tags, name)
            yield from _doubt(case, name, facet)


def _decided_tags(case: Case) -> Iterator[Item]:
    for name, decision in case.override.tags.items():
        facet: FacetTags | None = getattr(case.bare, name) if case.bare else None
        judged = evidence.judged(facet) if facet else decision.judged or ""
        why = _overtaken(case, decision, judged)
        if why:
            told = changes(decision.judged, evidence.said(facet) if facet else [], case.memory)
            yield _of_decision(case, "tags", name, decision, why, judged, told, facet)


def _decided_facts(case: Case) -> Iterator[Item]:
    for name, decision in case.override.facts.items():
        stated = getattr(case.record.facts, name)
        judged = canonical.digest(stated)
        why = _overtaken(case, decision, judged)
        if why:
            was = case.memory.stated.get(decision.judged or "", "something else")
            told = (f"the Hub stated {was}, and now {shown(stated)}",)
            yield _of_decision(case, "facts", name, decision, why, judged, told, None)


def _overtaken(case: Case, decision: Decision, judged: str) -> Why | None:
    if decision.judged not in (None, judged):
        return "stale"
    return "expired" if decision.expires and decision.expires < case.today else None


def _of_decision(
    case: Case,
    part: Part,
    name: str,
    decision: Decision,
    why: Why,
    judged: str,
    told: tuple[str, ...],
    facet: FacetTags | None,
) -> Item:
    ended = (f"it held until {decision.expires}",)
    return Item(
        id=case.record.id,
        part=part,
        name=name,
        why=why,
        judged=judged,
        facet=facet,
        value=shown(decision.value),
        accepts=() if decision.value is None else decision.value,
        decision=decision,
        changes=told if why == "stale" else ended,
    )


def _flip(case: Case, before: Tags) -> Iterator[Item]:
    """The scope is another: what kinds hold decides it."""
    was, now = _words(before.scope), _words(case.now.scope)
    facet = (case.bare or case.record.tags).kinds
    if was == now or (case.override.tags and case.bare is None):
        return
    held = tuple(tag.value for tag in case.now.kinds.values)
    moved = sorted({tag.value for tag in before.kinds.values} ^ set(held))
    yield Item(
        id=case.record.id,
        part="tags",
        name="kinds",
        why="flip",
        judged=evidence.judged(facet),
        facet=facet,
        value=moved[0] if moved else "",
        rule=next((_rule(tag) for tag in case.now.kinds.values if tag.value in moved), ""),
        accepts=held if case.now.kinds.state == "known" else None,
        declines=held,
        was=f"{was} → {now}",
    )


def _doubt(case: Case, name: str, facet: FacetTags) -> Iterator[Item]:
    contested = facet.state == "conflicting"
    doubtful = facet.rivals if contested else [tag for tag in facet.values if tag.review]
    if not (contested or doubtful):
        return
    asked = max(doubtful, key=_by_confidence) if contested else min(doubtful, key=_by_confidence)
    found = tuple(tag.value for tag in facet.values)
    declines = tuple(tag.value for tag in (facet.rivals if contested else facet.values))
    single = values.is_single("tags", name)
    yield Item(
        id=case.record.id,
        part="tags",
        name=name,
        why="conflict" if contested else "unsure",
        judged=evidence.judged(facet),
        facet=facet,
        value=asked.value,
        rule=_rule(asked),
        accepts=None if contested else found[0] if single else found,
        declines=declines,
        declined=tuple(one for one in case.declined if one.facet == name and one.value in declines),
    )


def _by_confidence(tag: Tag) -> float:
    return tag.confidence


def _rule(tag: Tag) -> str:
    """The rule that speaks most for a value."""
    return max(tag.evidence, key=lambda one: (one.weight, one.rule)).rule if tag.evidence else ""


def _words(scope: FacetTags) -> str:
    return ", ".join(tag.value for tag in scope.values) or scope.state
