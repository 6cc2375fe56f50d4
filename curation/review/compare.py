"""Two states of a catalog, compared record by record and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from curation.records import FACETS, INFERRED, Change, Facts, Inputs, Record
from curation.review.cause import cause
from curation.review.renamed import renamed
from curation.review.risk import Risk, risk_of


def compare(old: Mapping[str, Record], new: Mapping[str, Record]) -> list[Change]:
    """Every difference, the riskiest first, then by cause, field and id.

    A model that went while another took its id as an alias was renamed. ``old`` and ``new`` of a
    change are a Record for a model that came or went, FacetTags for a tag, and else plain values.
    """
    moved = renamed(old, new)
    changes = [*_gone(old, new, moved), *_come(old, new, moved)]
    for model_id in new.keys() & old.keys():
        changes += _changed(old[model_id], new[model_id])
    for model_id, before in moved.items():
        changes += _changed(old[before], new[model_id])
    return sorted(changes, key=order)


def _gone(
    old: Mapping[str, Record], new: Mapping[str, Record], moved: Mapping[str, str]
) -> Iterator[Change]:
    for model_id in old.keys() - new.keys() - set(moved.values()):
        yield Change(kind="removed", id=model_id, old=old[model_id])


def _come(
    old: Mapping[str, Record], new: Mapping[str, Record], moved: Mapping[str, str]
) -> Iterator[Change]:
    for model_id in new.keys() - old.keys():
        if model_id in moved:
            yield Change(kind="renamed", id=model_id, old=moved[model_id], new=model_id)
        else:
            yield Change(kind="added", id=model_id, new=new[model_id])


def _changed(old: Record, new: Record) -> Iterator[Change]:
    if old.id == new.id:  # a new name always brings the old one as an alias
        yield from _field(new.id, "aliases", old.aliases, new.aliases)
    yield from _fields(new.id, "facts", old.facts, new.facts)
    yield from _fields(new.id, "inputs", old.inputs, new.inputs)
    yield from _field(new.id, "tags.size", old.tags.size, new.tags.size)
    yield from _tags(old, new)


def _tags(old: Record, new: Record) -> Iterator[Change]:
    """The facets that differ; what follows from others is laid to what moved those.

    The size tier follows from the facts alone.
    """
    blamed: str | None = None
    for facet in (*INFERRED, *(name for name in FACETS if name not in INFERRED)):
        before, after = getattr(old.tags, facet), getattr(new.tags, facet)
        if before == after:
            continue
        why = cause(before, after, old.inputs, new.inputs)
        if why == "derived":
            why = "facts" if facet == "size_tier" else blamed or why
        change = Change(
            kind="tag", id=new.id, field=f"tags.{facet}", old=before, new=after, cause=why
        )
        if blamed is None and risk_of(change) < Risk.ROUTINE:
            blamed = why
        yield change


def _fields(model_id: str, part: str, old: Facts | Inputs, new: Facts | Inputs) -> Iterator[Change]:
    for field in old.__struct_fields__:
        yield from _field(model_id, f"{part}.{field}", getattr(old, field), getattr(new, field))


def _field(model_id: str, field: str, old: Any, new: Any) -> Iterator[Change]:
    if old != new:
        yield Change(kind="fact", id=model_id, field=field, old=old, new=new)


def order(change: Change) -> tuple[int, str, str, str]:
    """The riskiest first, then by cause, field and id."""
    return risk_of(change), change.cause or "", change.field or "", change.id
