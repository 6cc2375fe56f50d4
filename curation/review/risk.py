"""How much a change deserves to be looked at."""

from __future__ import annotations

from enum import IntEnum

from curation.records import Change, FacetTags


class Risk(IntEnum):
    """The first is looked at first. Everything from ROUTINE on is only counted."""

    REMOVED = 0
    SCOPE = 1
    TERMS = 2
    DOUBT = 3
    DECISION = 4
    RULES = 5
    LEDGER = 6
    RENAMED = 7
    ADDED = 8
    TAG = 9
    FACT = 10
    ROUTINE = 11


_KINDS = {
    "removed": Risk.REMOVED,
    "renamed": Risk.RENAMED,
    "added": Risk.ADDED,
    "pin": Risk.RULES,
    "rule": Risk.RULES,
    "setting": Risk.RULES,
    "tombstone": Risk.LEDGER,
    "waiver": Risk.LEDGER,
    "rejection": Risk.LEDGER,
    "popularity": Risk.ROUTINE,
}
#: Facts that decide who may use a model (``trouble`` says that nobody, or not we, can have it), and
#: those that tell what it is.
_TERMS = frozenset({"facts.license", "facts.gated", "facts.private", "trouble"})
_TELLING = frozenset(
    {
        "aliases",
        "facts.architectures",
        "facts.base_models",
        "facts.datasets",
        "facts.languages",
        "facts.library",
        "facts.model_type",
        "facts.parameters_total",
        "facts.quantization",
        "facts.task",
        "tags.size",
    }
)


def risk_of(change: Change) -> Risk:
    """The risk of one change."""
    if change.kind in _KINDS:
        return _KINDS[change.kind]
    if change.kind == "decision":
        return _of_decision(change)
    if isinstance(change.old, FacetTags) and isinstance(change.new, FacetTags):
        return _of_tags(change.field, change.old, change.new)
    if change.field in _TERMS:
        return Risk.TERMS
    return Risk.FACT if change.field in _TELLING else Risk.ROUTINE


def _of_decision(change: Change) -> Risk:
    if change.event == "stale":
        return Risk.DOUBT
    corrects_terms = change.field in _TERMS and change.event != "met"
    return Risk.TERMS if corrects_terms else Risk.DECISION


def _of_tags(field: str | None, old: FacetTags, new: FacetTags) -> Risk:
    if field == "tags.scope" and not _same(old, new):
        return Risk.SCOPE
    if _doubts(new) - _doubts(old):
        return Risk.DOUBT
    return Risk.ROUTINE if _same(old, new) else Risk.TAG


def _same(old: FacetTags, new: FacetTags) -> bool:
    return (old.state, old.origin, _values(old)) == (new.state, new.origin, _values(new))


def _values(tags: FacetTags) -> set[str]:
    return {tag.value for tag in tags.values}


def _doubts(tags: FacetTags) -> set[str]:
    """What a person should look at: a conflict, and each value of low confidence."""
    conflict = {""} if tags.state == "conflicting" else set()
    return conflict | {tag.value for tag in tags.values if tag.review}
