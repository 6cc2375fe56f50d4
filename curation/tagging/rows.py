"""A model's tags as one row of a bulk file, under the names of the gold files."""

from __future__ import annotations

from typing import Any

from curation.records import FACETS, GOLD, SINGLE, Evidence, Tags

Row = dict[str, Any]

#: What the annotation guide writes where nothing tells.
_UNKNOWN: dict[str, Any] = {"scope": "unknown", "languages": ["und"]}


def row(model_id: str, tags: Tags) -> Row:
    """``id``, the eight gold fields, ``specialization``, ``size_tier``, ``parameters``, ``bytes``,
    ``state``, ``confidence``, ``review``, ``evidence``.

    ``state`` maps facet to state, ``confidence`` facet to value to probability; ``review`` lists
    as ``facet:value`` what is not sure enough to go unseen, and ``evidence`` what the rules found,
    each with its facet and value.
    """
    facets = {name: getattr(tags, name) for name in FACETS}
    values = {name: [tag.value for tag in facet.values] for name, facet in facets.items()}
    return {
        "id": model_id,
        **{name: _field(name, values[name]) for name in (*GOLD, "specialization", "size_tier")},
        "parameters": tags.size.parameters,
        "bytes": tags.size.bytes,
        "state": {name: facet.state for name, facet in facets.items()},
        "confidence": {
            name: {tag.value: tag.confidence for tag in facet.values}
            for name, facet in facets.items()
        },
        "review": [
            f"{name}:{tag.value}"
            for name, facet in facets.items()
            for tag in facet.values
            if tag.review
        ],
        "evidence": [
            _evidence(name, tag.value, item)
            for name, facet in facets.items()
            if facet.origin != "derived"
            for tag in facet.values
            for item in tag.evidence
        ],
    }


def _field(name: str, values: list[str]) -> Any:
    if not values and name in _UNKNOWN:
        return _UNKNOWN[name]
    if name in SINGLE:
        return values[0] if values else None
    return values


def _evidence(facet: str, value: str, item: Evidence) -> Row:
    return {
        "facet": facet,
        "value": value,
        "rule": item.rule,
        "signal": item.signal,
        "term": item.term,
        "line": item.line,
        "weight": item.weight,
    }
