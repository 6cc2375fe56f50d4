"""Lift records of older schema versions to today's, one version at a time.

A step reads and gives plain values, and holds its own copy of the shapes it knows: it must go on
working when today's types have moved on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from curation.errors import InputError
from curation.records import SCHEMA_VERSION, Record
from curation.store import reading

_SINGLE_1 = frozenset({"scope", "task", "subtask", "size_tier"})
_DERIVED_1 = frozenset({"scope", "kinds", "specialization", "size_tier"})


class _Tag0(msgspec.Struct, forbid_unknown_fields=True):
    value: str
    confidence: float
    evidence: list[dict[str, Any]] = []


class _Record0(msgspec.Struct, forbid_unknown_fields=True):
    """Tags were flat lists without a state, and nothing told what they were computed from."""

    id: str
    schema_version: int = 0
    aliases: list[str] = []
    facts: dict[str, Any] = {}
    tags: dict[str, list[_Tag0]] = {}


def _to_1(plain: Mapping[str, Any]) -> dict[str, Any]:
    old = msgspec.convert(plain, _Record0)
    return {
        "schema_version": 1,
        "id": old.id,
        "aliases": old.aliases,
        "facts": old.facts,
        "tags": {facet: _facet_1(facet, tags) for facet, tags in old.tags.items()},
        "inputs": {},
    }


def _facet_1(facet: str, tags: list[_Tag0]) -> dict[str, Any]:
    values = [msgspec.to_builtins(tag) for tag in tags]
    origin = "derived" if facet in _DERIVED_1 else "rules"
    if facet in _SINGLE_1 and len(values) > 1:
        return {"state": "conflicting", "origin": origin, "values": [], "rivals": values}
    state = "known" if values else "unknown"
    return {"state": state, "origin": origin, "values": values, "rivals": []}


#: Version: the step that lifts a record of the version before to it.
STEPS: dict[int, Callable[[Mapping[str, Any]], dict[str, Any]]] = {1: _to_1}


def record(data: bytes, model_id: str, where: str) -> Record:
    """Like ``reading.record``, but a record of an older version is lifted to today's."""
    found = reading.version(data, where)
    if not 0 <= found < SCHEMA_VERSION:
        return reading.record(data, model_id, where)
    try:
        lifted = msgspec.convert(lift(msgspec.json.decode(data)), Record)
    except msgspec.ValidationError as error:
        raise InputError(
            f"{where}: not a record of schema version {found}: {error}",
            hint="mend it by hand, or bring the file back from git",
        ) from error
    return reading.belonging(lifted, model_id, where)


def lift(plain: Mapping[str, Any]) -> dict[str, Any]:
    """A record as plain values, lifted from the version that it states to today's.

    Raises msgspec.ValidationError if it is not what its version says.
    """
    lifted = dict(plain)
    for step in range(lifted.get("schema_version", SCHEMA_VERSION) + 1, SCHEMA_VERSION + 1):
        lifted = STEPS[step](lifted)
    return lifted
