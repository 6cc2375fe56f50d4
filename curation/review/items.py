"""One change as an item of the digest: plain values, and how a facet stood on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from curation.digest import Correction, Item, Reason, Standing
from curation.records import INFERRED, Change, Decision, FacetTags, Override, Record, Tags
from curation.review.decided import effective
from curation.review.state import State
from curation.rules import Rule
from curation.store import decisions
from curation.store.ledgers import Rejection, Tombstone, Waiver

Moved = dict[Literal["models", "tags"], int]
_Said = tuple[str, bool, str, str, str, int | None, float]


class Teller:
    """Makes items; ``moved`` counts what each rule and pin moved."""

    def __init__(self, old: State, new: State, moved: Mapping[str, Moved]) -> None:
        self._old = old
        self._new = new
        self._moved = moved

    def item(self, change: Change) -> Item:
        """``change`` for people and machines who do not know our records."""
        if isinstance(change.old, FacetTags) and isinstance(change.new, FacetTags):
            return self._tags(change, change.old, change.new)
        if change.kind == "decision":
            return self._decision(change)
        if change.kind in ("rule", "pin"):
            return self._rule(change)
        if change.kind in ("tombstone", "waiver", "rejection"):
            return _entry(change)
        return Item(
            kind=change.kind,
            id=change.id,
            field=change.field,
            old=_plain(change.old),
            new=_plain(change.new),
            correction=self._correction(change),
            reason=self._farewell(change),
        )

    def _tags(self, change: Change, old: FacetTags, new: FacetTags) -> Item:
        was, now = standing(old, new), standing(new, old)
        if change.field == "tags.scope":
            before, after = self._old.records[change.id], self._new.records[change.id]
            was = _moved_by(change.cause, was, before.tags, after.tags)
            now = _moved_by(change.cause, now, after.tags, before.tags)
        return Item(
            kind=change.kind,
            id=change.id,
            field=change.field,
            cause=change.cause,
            old=_values(old),
            new=_values(new),
            was=was,
            now=now,
        )

    def _decision(self, change: Change) -> Item:
        field, model_id = change.field or "", change.id
        was, now = self._old.records.get(model_id), self._new.records.get(model_id)
        said = change.new if isinstance(change.new, Decision) else change.old
        assert isinstance(said, Decision)
        before, after = _facet(was, field), _facet(now, field)
        differ = before and after and before != after
        return Item(
            kind="decision",
            id=model_id,
            field=field,
            event=change.event,
            old=self._value(self._old, was, model_id, field, change.old),
            new=self._value(self._new, now, model_id, field, change.new),
            was=standing(before, after or before) if before else None,
            now=standing(after, before) if differ and before and after else None,
            reason=said.reason,
            by=said.by,
        )

    @staticmethod
    def _value(state: State, record: Record | None, model_id: str, field: str, said: object) -> Any:
        """What was decided, or else what stands there without a decision."""
        if isinstance(said, Decision):
            is_fact = field.startswith("facts.")  # of which nothing means that it is not stated
            return None if said.value == () and is_fact else _plain(said.value)
        return _plain(effective(record, state.overrides.get(model_id, Override()), field))

    def _rule(self, change: Change) -> Item:
        old, new = change.old, change.new
        if isinstance(old, Rule) and isinstance(new, Rule):
            names = [n for n in old.__struct_fields__ if getattr(old, n) != getattr(new, n)]
            old = {name: getattr(old, name) for name in names}
            new = {name: getattr(new, name) for name in names}
        return Item(
            kind=change.kind,
            id=change.id,
            field=change.field,
            old=_plain(old),
            new=_plain(new),
            moved=self._moved.get(change.id, {"models": 0, "tags": 0}),
        )

    def _correction(self, change: Change) -> Correction | None:
        """What a person says instead of a fact that the Hub changed."""
        part, _, name = (change.field or "").partition(".")
        override = self._new.overrides.get(change.id)
        if part != "facts" or override is None or name not in override.facts:
            return None
        return Correction(value=_plain(getattr(decisions.corrected(_NO_FACTS, override), name)))

    def _farewell(self, change: Change) -> str | None:
        if change.kind != "removed":
            return None
        return next((one.reason for one in self._new.tombstones if one.id == change.id), None)


_NO_FACTS = Record(id="-").facts


def standing(facet: FacetTags, other: FacetTags) -> Standing:
    """How ``facet`` stood, with what the ``other`` side does not say before what it does."""
    there = set(_said(other))
    reasons = [
        Reason(
            value=value,
            chosen=chosen,
            only=(value, chosen, rule, signal, term, line, weight) not in there,
            rule=rule,
            signal=signal,
            term=term,
            line=line,
            weight=weight,
        )
        for value, chosen, rule, signal, term, line, weight in _said(facet)
    ]
    return Standing(
        state=facet.state,
        origin=facet.origin,
        confidence=min((tag.confidence for tag in facet.values), default=None),
        review=any(tag.review for tag in facet.values),
        reasons=tuple(sorted(reasons, key=_weightiest)),
    )


def _weightiest(reason: Reason) -> tuple[object, ...]:
    order = -abs(reason.weight), reason.rule, reason.term, reason.value
    return not reason.only, not reason.chosen, *order


def _said(facet: FacetTags) -> Iterator[_Said]:
    for chosen, tags in ((True, facet.values), (False, facet.rivals)):
        for tag in tags:
            for one in tag.evidence:
                yield tag.value, chosen, one.rule, one.signal, one.term, one.line, one.weight


def _moved_by(rule: str | None, scope: Standing, tags: Tags, other: Tags) -> Standing:
    """``scope``, which follows from other facets, with what ``rule`` says of these first."""
    facets = ((getattr(tags, name), getattr(other, name)) for name in INFERRED)
    behind = (reason for pair in facets for reason in standing(*pair).reasons)
    said = [reason for reason in behind if reason.only and reason.rule == rule]
    return msgspec.structs.replace(scope, reasons=(*said, *scope.reasons))


def _values(facet: FacetTags) -> list[str] | None:
    return [tag.value for tag in facet.values] if facet.state == "known" else None


def _facet(record: Record | None, field: str) -> FacetTags | None:
    part, _, name = field.partition(".")
    return getattr(record.tags, name) if record and part == "tags" else None


def _entry(change: Change) -> Item:
    entry = change.new or change.old
    assert isinstance(entry, Tombstone | Waiver | Rejection)
    return Item(
        kind=change.kind,
        id=change.id,
        field=entry.facet if isinstance(entry, Rejection) else None,
        old=_plain(change.old),
        new=_plain(change.new),
        reason=entry.reason,
        by=entry.owner if isinstance(entry, Waiver) else getattr(entry, "by", None),
    )


def _plain(value: object) -> Any:
    if isinstance(value, Record):
        return _about(value)
    return msgspec.to_builtins(value)


def _about(record: Record) -> dict[str, Any]:
    """What a model that came or went is, in few words."""
    tags = record.tags
    facets = {name: _values(getattr(tags, name)) for name in ("scope", "task", "specialization")}
    return {**facets, "license": record.facts.license}
