"""A person's decisions as facets: they replace what the rules found, whole."""

from __future__ import annotations

from collections.abc import Mapping

from curation.records import Decision, Evidence, FacetTags, Tag


def facets(decisions: Mapping[str, Decision]) -> dict[str, FacetTags]:
    """The decided facets. A decision for no value leaves the facet known and empty."""
    return {name: _facet(decision) for name, decision in decisions.items()}


def _facet(decision: Decision) -> FacetTags:
    values = decision.value if isinstance(decision.value, tuple) else (decision.value,)
    because = Evidence(rule="override", signal="override", term=decision.on, weight=0.0)
    return FacetTags(
        state="known",
        origin="override",
        values=tuple(
            Tag(value=str(value), confidence=1.0, evidence=(because,))
            for value in sorted(str(v) for v in values if v is not None)
        ),
    )
