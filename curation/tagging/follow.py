"""The facets that follow from others, with confidence and evidence: kinds, scope, specialization.

What follows rests on few values, so each step is worked out once for them and remembered.
"""

from __future__ import annotations

from functools import lru_cache
from math import prod
from typing import TypedDict

from curation.records import Evidence, FacetTags, State, Tag
from curation.rules import TEXT_PLACES
from curation.tagging import derive

#: Facets that are empty for good where the scope is known; an empty one of the others is unknown.
_CLOSED = ("subtask", "domains", "platforms")
_NONE_APPLIES = FacetTags(state="known")
_UNTOLD = FacetTags(origin="derived")
#: The facet behind each kind.
_SOURCE = {"task": "subtask", "domain": "domains", "language": "languages", "platform": "platforms"}
#: The order in which they are handed on, after the task.
_BEHIND = ("subtask", "domains", "languages", "platforms")

Values = tuple[str, ...]
Sure = tuple[float, ...]

#: Where a card tells of a platform that the artefact may have been made for, or may not.
_TOLD = frozenset(TEXT_PLACES) - {"title", "lead"}
#: Log-odds of evidence that says it alone.
_ENOUGH = 1.0

_remembered = lru_cache(maxsize=65_536)


def complete(
    facets: dict[str, FacetTags], *, informed: bool, marked: bool, general: float = 1.0
) -> None:
    """Add to ``facets`` those that follow, and close what is known to be empty.

    Kinds that a person decided are in ``facets`` already. ``informed`` says that enough is known
    to say that no kind applies; ``marked`` that the model is marked English-only. ``general`` is
    the probability of a general scope where no value that would narrow it was even a rival.
    """
    task = _values(facets["task"])
    behind = tuple([_values(facets[name]) for name in _BEHIND])
    kinds = facets.get("kinds")
    if kinds is None:
        shipped = _is_shipped(facets["platforms"])
        surest = tuple([_surest(facets[name]) for name in _BEHIND])
        doubted = tuple([_doubted(facets[name]) for name in _BEHIND])
        kinds = facets["kinds"] = _kinds(task, behind, surest, doubted, marked, shipped)
    held, sure = _values(kinds), _confidences(kinds)
    review = all(tag.review for tag in kinds.values)
    facets["specialization"] = _specialization(held, sure, kinds.state, behind)
    if held:
        facets["scope"] = _scope("specialized", 1 - _doubt(sure), "kinds", held, review)
    elif kinds.origin == "override":
        facets["scope"] = _scope("general", 1.0, "kinds", ("override",), False)
    elif informed:
        missed = tuple([tag.confidence for name in _CLOSED for tag in facets[name].rivals])
        facets["scope"] = _scope(
            "general", general * _doubt(missed), "task", task, _doubted(facets["task"])
        )
    else:
        facets["scope"] = facets["kinds"] = facets["specialization"] = _UNTOLD
        return
    for name in _CLOSED:
        if not facets[name].values:
            facets[name] = _closed(facets[name])


def _values(facet: FacetTags) -> Values:
    return tuple([tag.value for tag in facet.values])


def _confidences(facet: FacetTags) -> Sure:
    return tuple([tag.confidence for tag in facet.values])


def _surest(facet: FacetTags) -> float:
    return max([tag.confidence for tag in facet.values], default=0.0)


def _doubted(facet: FacetTags) -> bool:
    """Whether every value of ``facet`` is marked for review."""
    return bool(facet.values) and all(tag.review for tag in facet.values)


def _is_shipped(platforms: FacetTags) -> bool:
    """Whether the artefact itself is for a platform, and not only the card tells of one."""
    if platforms.origin == "override":
        return True
    said = [one for tag in platforms.values for one in tag.evidence]
    return any(one.signal not in _TOLD and one.weight >= _ENOUGH for one in said)


def _doubt(sure: Sure) -> float:
    """The probability that none of these holds."""
    return prod([1 - confidence for confidence in sure], start=1.0)


def _closed(facet: FacetTags) -> FacetTags:
    """An empty facet of a model whose scope is known: nothing of the kind applies."""
    if facet.state == "conflicting":
        return facet
    return FacetTags(state="known", rivals=facet.rivals) if facet.rivals else _NONE_APPLIES


@_remembered
def _kinds(
    task: Values,
    behind: tuple[Values, ...],
    surest: Sure,
    doubted: tuple[bool, ...],
    marked: bool,
    shipped: bool,
) -> FacetTags:
    """Each kind is as sure as the surest value behind it, and in doubt if all of them are."""
    values = dict(zip(_BEHIND, behind, strict=True))
    sure = dict(zip(_BEHIND, zip(surest, doubted, strict=True), strict=True))
    kinds = derive.kinds(task=next(iter(task), None), marked=marked, **_named(behind))
    kinds = [kind for kind in kinds if kind != "platform" or shipped]
    tags = [
        Tag(
            value=kind,
            confidence=sure[name][0],
            review=sure[name][1],
            evidence=_because(name, values[name]),
        )
        for kind in sorted(kinds)
        for name in [_SOURCE[kind]]
    ]
    return FacetTags(state="known", origin="derived", values=tuple(tags))


@_remembered
def _scope(value: str, sure: float, source: str, terms: Values, review: bool) -> FacetTags:
    evidence = _because(source, terms)
    tag = Tag(value=value, confidence=round(sure, 3), review=review, evidence=evidence)
    return FacetTags(state="known", origin="derived", values=(tag,))


@_remembered
def _specialization(
    kinds: Values, sure: Sure, state: State, behind: tuple[Values, ...]
) -> FacetTags:
    confidence = dict(zip(kinds, sure, strict=True))
    found = [
        Tag(value=value, confidence=confidence[kind], evidence=_because("kinds", (kind,)))
        for value in derive.specialization(kinds, **_named(behind))
        for kind in [value.partition(":")[0]]
    ]
    return FacetTags(state=state, origin="derived", values=tuple(found))


class _Named(TypedDict):
    subtask: str | None
    domains: Values
    languages: Values
    platforms: Values


def _named(behind: tuple[Values, ...]) -> _Named:
    subtask, domains, languages, platforms = behind
    return _Named(
        subtask=next(iter(subtask), None),
        domains=domains,
        languages=languages,
        platforms=platforms,
    )


def _because(source: str, terms: Values) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(rule=f"derived.{source}", signal=source, term=term, weight=0.0) for term in terms
    )
