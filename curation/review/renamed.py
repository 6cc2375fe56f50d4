"""Models that have another id than before, and what was known of them under the old one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec import structs

from curation.records import Record
from curation.review.state import State

T = TypeVar("T")


def renamed(old: Mapping[str, Record], new: Mapping[str, Record]) -> dict[str, str]:
    """New id: old id, of models that went while another took their id as an alias."""
    return {
        model_id: alias
        for model_id in sorted(new.keys() - old.keys())
        for alias in new[model_id].aliases
        if alias in old and alias not in new
    }


def aligned(old: State, new: State) -> State:
    """``old`` with the records and decisions of renamed models under the ids that they have now."""
    ids = {before: now for now, before in renamed(old.records, new.records).items()}
    return structs.replace(
        old, records=_under(old.records, ids), overrides=_under(old.overrides, ids)
    )


def _under(found: Mapping[str, T], ids: Mapping[str, str]) -> dict[str, T]:
    return {ids.get(name, name): value for name, value in found.items()}
