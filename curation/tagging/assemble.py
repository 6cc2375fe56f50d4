"""From choices to the tags of a record: evidence with card lines, states, derived facets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import prod

from curation.records import Evidence, FacetTags, Size, State, Tag, Tags
from curation.tagging import derive
from curation.tagging.calibration import Calibration
from curation.tagging.marks import Found, Mark
from curation.tagging.resolve import NOTHING, Candidate, Choice
from curation.tagging.size import size_tier

#: Rivals that are kept beside the chosen values, the best first.
_RIVALS = 3
#: Facets that are empty for good where the scope is known; an empty one of the others is unknown.
_CLOSED = ("subtask", "domains", "platforms")
_UNKNOWN = FacetTags()
_NONE_APPLIES = FacetTags(state="known")


def tags(
    choices: Mapping[str, Choice],
    calibrations: Mapping[str, Calibration],
    *,
    size: Size,
    text: str,
    found: Found,
    informed: bool,
    marked: bool,
    overruled: Mapping[str, FacetTags],
) -> Tags:
    """All facets of one model, those of ``overruled`` as a person decided them.

    ``informed`` says that enough is known to say that no kind applies; ``marked`` that the model
    is marked English-only against a multilingual sibling.
    """
    facets = {
        name: _facet(choice, calibrations[name], text, found) for name, choice in choices.items()
    } | dict(overruled)
    values = {name: [tag.value for tag in facet.values] for name, facet in facets.items()}
    subtask = next(iter(values["subtask"]), None)
    rest = {name: values[name] for name in ("domains", "languages", "platforms")}
    kinds = derive.kinds(
        task=next(iter(values["task"]), None), subtask=subtask, marked=marked, **rest
    )
    facets.setdefault("kinds", _kinds(kinds, facets))
    kinds = [tag.value for tag in facets["kinds"].values]
    facets["scope"] = _scope(facets, informed)
    if facets["scope"].state == "known":
        facets.update({name: _closed(facets[name]) for name in _CLOSED})
    special = derive.specialization(kinds, subtask=subtask, **rest)
    facets["specialization"] = _derived(special, facets["kinds"], "kinds")
    return Tags(size_tier=size_tier(size), size=size, **facets)


def _facet(choice: Choice, rules: Calibration, text: str, found: Found) -> FacetTags:
    if choice is NOTHING:
        return _UNKNOWN
    state: State = "conflicting" if choice.contested else "known" if choice.chosen else "unknown"
    return FacetTags(
        state=state,
        values=tuple(sorted((_tag(c, rules, text, found) for c in choice.chosen), key=_by_value)),
        rivals=tuple(_tag(c, rules, text, found) for c in choice.rivals[:_RIVALS]),
    )


def _by_value(tag: Tag) -> str:
    return tag.value


def _tag(candidate: Candidate, rules: Calibration, text: str, found: Found) -> Tag:
    confidence = rules.confidence(candidate.log_odds)
    marks = candidate.marks
    if len(marks) > 1:
        marks = sorted(marks, key=_heaviest_first)
    return Tag(
        value=candidate.value,
        confidence=confidence,
        review=confidence < rules.accept,
        evidence=tuple([_evidence(mark, text, found) for mark in marks]),
    )


def _heaviest_first(mark: Mark) -> tuple[float, str, tuple[str, str]]:
    return -abs(mark.weight), mark.rule, mark.feature


def _evidence(mark: Mark, text: str, found: Found) -> Evidence:
    offset = found.get(mark.feature, -1)
    if offset < 0:
        return mark.evidence
    shared = mark.evidence
    return Evidence(
        rule=shared.rule,
        signal=shared.signal,
        term=shared.term,
        line=text.count("\n", 0, offset) + 1,
        weight=shared.weight,
    )


def _kinds(kinds: Iterable[str], facets: Mapping[str, FacetTags]) -> FacetTags:
    """Each kind is as sure as the surest value behind it."""
    source = {"task": "subtask", "domain": "domains", "language": "languages"}
    found = [
        Tag(value=kind, confidence=_surest(facet), evidence=_because(name, facet))
        for kind in kinds
        for name in [source.get(kind, "platforms")]
        for facet in [facets[name]]
    ]
    return FacetTags(state="known", origin="derived", values=tuple(sorted(found, key=_by_value)))


def _surest(facet: FacetTags) -> float:
    return max(tag.confidence for tag in facet.values)


def _because(name: str, facet: FacetTags) -> tuple[Evidence, ...]:
    return tuple([_derived_from(name, tag.value) for tag in facet.values])


@lru_cache(maxsize=65536)
def _derived_from(facet: str, value: str) -> Evidence:
    return Evidence(rule=f"derived.{facet}", signal=facet, term=value, weight=0.0)


def _scope(facets: Mapping[str, FacetTags], informed: bool) -> FacetTags:
    kinds = facets["kinds"]
    if kinds.values:
        sure = 1 - prod(1 - tag.confidence for tag in kinds.values)
        return _known("specialized", sure, _because("kinds", kinds))
    if not informed:
        return FacetTags(origin="derived")
    missed = (tag.confidence for name in _CLOSED for tag in facets[name].rivals)
    sure = prod((1 - confidence for confidence in missed), start=1.0)
    return _known("general", sure, _because("task", facets["task"]))


def _known(value: str, confidence: float, evidence: tuple[Evidence, ...]) -> FacetTags:
    tag = Tag(value=value, confidence=round(confidence, 3), evidence=evidence)
    return FacetTags(state="known", origin="derived", values=(tag,))


def _closed(facet: FacetTags) -> FacetTags:
    """An empty facet of a model whose scope is known: nothing of the kind applies."""
    if facet.values or facet.state == "conflicting":
        return facet
    return FacetTags(state="known", rivals=facet.rivals) if facet.rivals else _NONE_APPLIES


def _derived(values: Iterable[str], source: FacetTags, name: str) -> FacetTags:
    confidence = {tag.value: tag.confidence for tag in source.values}
    found = tuple(
        Tag(
            value=value,
            confidence=confidence[kind],
            evidence=(_derived_from(name, kind),),
        )
        for value in values
        for kind in [value.partition(":")[0]]
    )
    return FacetTags(state=source.state, origin="derived", values=found)
