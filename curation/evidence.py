"""The evidence on one facet as one hash, so that a decision can say what it judged."""

from __future__ import annotations

from curation import canonical
from curation.records import FacetTags

#: A value, and what speaks for or against it: the rule, the signal, and the term in it.
Said = tuple[str, str, str, str]


def judged(facet: FacetTags) -> str:
    """The hash of what speaks for and against the values of an inferred facet.

    Rules, signals and terms count; where in the card they stand and what they weigh does not, so
    that an added paragraph or a new calibration does not reopen every decision.
    """
    return canonical.digest(said(facet))


def said(facet: FacetTags) -> list[Said]:
    """What ``judged`` hashes, sorted."""
    return sorted(
        {
            (tag.value, one.rule, one.signal, one.term)
            for tag in (*facet.values, *facet.rivals)
            for one in tag.evidence
        }
    )
