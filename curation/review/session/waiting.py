"""What of one model waits for a person: stale decisions, a flipped scope, conflicts, doubts."""

from __future__ import annotations

from collections.abc import Iterator

from curation import evidence, values
from curation.records import INFERRED, FacetTags, Tag, Tags
from curation.review.session.items import Case, Item
from curation.review.session.standing import overtaken

#: The facet behind each kind.
_SOURCES = {
    "task": "subtask",
    "domain": "domains",
    "language": "languages",
    "platform": "platforms",
}


def waiting(case: Case) -> Iterator[Item]:
    """What waits for a decision; what is decided on today's evidence does not."""
    yield from overtaken(case)
    if "kinds" not in case.override.tags and case.before:
        yield from _flip(case, case.before)
    for name in INFERRED:
        if name not in case.override.tags:
            facet: FacetTags = getattr(case.bare or case.record.tags, name)
            yield from _doubt(case, name, facet)


def _flip(case: Case, before: Tags) -> Iterator[Item]:
    """The scope is another: what kinds hold decides it."""
    was, now = _words(before.scope), _words(case.now.scope)
    facet = (case.bare or case.record.tags).kinds
    if was == now or (case.override.tags and case.bare is None):
        return
    held = tuple(tag.value for tag in case.now.kinds.values)
    moved = sorted({tag.value for tag in before.kinds.values} ^ set(held))
    yield Item(
        id=case.record.id,
        part="tags",
        name="kinds",
        why="flip",
        judged=evidence.judged(facet),
        facet=facet,
        value=moved[0] if moved else "",
        rule=next((_rule(tag) for tag in case.now.kinds.values if tag.value in moved), ""),
        accepts=held if case.now.kinds.state == "known" else None,
        declines=tuple(kind for kind in held if kind in moved),
        was=f"{was} → {now}",
        behind={_SOURCES[kind]: getattr(case.now, _SOURCES[kind]) for kind in moved},
    )


def _doubt(case: Case, name: str, facet: FacetTags) -> Iterator[Item]:
    contested = facet.state == "conflicting"
    doubtful = facet.rivals if contested else [tag for tag in facet.values if tag.review]
    if not (contested or doubtful):
        return
    asked = max(doubtful, key=_by_confidence) if contested else min(doubtful, key=_by_confidence)
    found = tuple(tag.value for tag in facet.values)
    declines = tuple(tag.value for tag in (facet.rivals if contested else facet.values))
    single = values.is_single("tags", name)
    yield Item(
        id=case.record.id,
        part="tags",
        name=name,
        why="conflict" if contested else "unsure",
        judged=evidence.judged(facet),
        facet=facet,
        value=asked.value,
        rule=_rule(asked),
        accepts=None if contested else found[0] if single else found,
        declines=declines,
        declined=tuple(one for one in case.declined if one.facet == name and one.value in declines),
    )


def _by_confidence(tag: Tag) -> float:
    return tag.confidence


def _rule(tag: Tag) -> str:
    """The rule that speaks most for a value."""
    return max(tag.evidence, key=lambda one: (one.weight, one.rule)).rule if tag.evidence else ""


def _words(scope: FacetTags) -> str:
    return ", ".join(tag.value for tag in scope.values) or scope.state
