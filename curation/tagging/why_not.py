"""What kept a value out: evidence that was too weak or outweighed, or rules that found nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curation import terms
from curation.errors import UsageError
from curation.records import FACETS, FacetTags, Tags
from curation.rules import Pack
from curation.tagging.explain import reasons
from curation.tagging.rulebook import target


def why_not(value: str, tags: Tags, packs: Iterable[Pack]) -> list[str]:
    """Why ``tags`` lack ``value``, in lines. Raises UsageError for a value that no rule knows."""
    lines = list(_known(value, tags)) or list(_unheard(value, packs))
    if not lines:
        raise UsageError(f"no rule supports {value!r}", hint="values are those of the vocabularies")
    return lines


def _known(value: str, tags: Tags) -> Iterator[str]:
    for name in FACETS:
        facet: FacetTags = getattr(tags, name)
        if any(tag.value == value for tag in facet.values):
            yield f"{name}: {value} was chosen"
        for tag in (rival for rival in facet.rivals if rival.value == value):
            yield f"{name}: {value} came to {tag.confidence:.0%}: too little, or outweighed"
            yield from reasons(tag, [])


def _unheard(value: str, packs: Iterable[Pack]) -> Iterator[str]:
    for pack in packs:
        for rule in pack.rule:
            targets = {target(text) for _, found in terms.entries(rule) for text in found}
            for facet in sorted(facet for facet, supported in targets if supported == value):
                places = ", ".join(terms.weights(rule, pack))
                yield f"{facet}: {rule.id} found none of its terms in {places}"
