"""A decision that knows what it judged, and whether it only says what was inferred."""

from __future__ import annotations

import msgspec

from curation import canonical, evidence
from curation.records import Decision, FacetTags
from curation.values import Value


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """Why something is decided, by whom, when, and until when; dates are ISO 8601."""

    reason: str
    by: str
    on: str
    expires: str | None = None


def on_facet(inferred: FacetTags, value: Value, signed: Signed) -> Decision:
    """The decision that a facet is ``value``; ``inferred`` is what it would be without it."""
    return _decision(value, evidence.judged(inferred), is_inferred(inferred, value), signed)


def on_fact(stated: object, value: Value, signed: Signed) -> Decision:
    """The decision that a fact is ``value``; ``stated`` is what the Hub says."""
    return _decision(value, canonical.digest(stated), is_stated(stated, value), signed)


def is_inferred(inferred: FacetTags, value: Value) -> bool:
    """Whether the rules give ``value`` alone."""
    chosen = value if isinstance(value, tuple) else (value,)
    return inferred.state == "known" and {tag.value for tag in inferred.values} == set(chosen)


def is_stated(stated: object, value: Value) -> bool:
    """Whether the Hub states ``value``; an empty tuple stands for nothing."""
    if value == ():
        return stated in (None, ())
    return stated == value


def _decision(value: Value, judged: str, same: bool, signed: Signed) -> Decision:
    return Decision(value=value, judged=judged, confirms=same, **msgspec.structs.asdict(signed))
