"""From choices to the tags of a record: evidence with card lines, states, derived facets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from curation.records import Evidence, FacetTags, Size, State, Tag, Tags
from curation.rules import TEXT_PLACES
from curation.tagging import follow
from curation.tagging.calibration import Calibration, Fitted
from curation.tagging.marks import Found, Mark
from curation.tagging.resolve import NOTHING, Candidate, Choice
from curation.tagging.size import size_tier

#: Rivals that are kept beside the chosen values, the best first.
_RIVALS = 3
#: Choices repeat from model to model: what they look like is kept, up to so many.
_MEMO = 100_000
_UNKNOWN = FacetTags()


class Draft(NamedTuple):
    """A tag but for the card lines of its evidence, and the marks behind it, heaviest first."""

    tag: Tag
    marks: list[Mark]
    in_card: bool


class Sketch(NamedTuple):
    """A facet but for the card lines of its evidence; ``in_card`` says whether there are any."""

    facet: FacetTags
    values: list[Draft]
    rivals: list[Draft]
    in_card: bool


class Assembler:
    """Makes tags of choices; holds nothing of models but the memoised looks of choices."""

    def __init__(self, fitted: Fitted) -> None:
        self._calibrations, self._general = fitted.facets, fitted.general
        self._memo: dict[Choice, Sketch] = {}

    def tags(
        self,
        choices: Mapping[str, Choice],
        *,
        size: Size,
        text: str,
        found: Found,
        informed: bool,
        marked: bool,
        overruled: Mapping[str, FacetTags],
    ) -> Tags:
        """All facets of one model, those of ``overruled`` as a person decided them.

        ``informed`` says that enough is known to say that no kind applies; ``marked`` that the
        model is marked English-only against a multilingual sibling.
        """
        facets = {name: self._facet(name, choice, text, found) for name, choice in choices.items()}
        facets.update(overruled)
        follow.complete(facets, informed=informed, marked=marked, general=self._general)
        return Tags(size_tier=size_tier(size), size=size, **facets)

    def _facet(self, name: str, choice: Choice, text: str, found: Found) -> FacetTags:
        if choice is NOTHING:
            return _UNKNOWN
        sketch = self._memo.get(choice)
        if sketch is None:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            sketch = self._memo[choice] = _sketch(choice, self._calibrations[name])
        facet = sketch.facet
        if not sketch.in_card:
            return facet
        return FacetTags(
            state=facet.state,
            values=_placed(sketch.values, text, found),
            rivals=_placed(sketch.rivals, text, found),
        )


def _sketch(choice: Choice, rules: Calibration) -> Sketch:
    state: State = "conflicting" if choice.contested else "known" if choice.chosen else "unknown"
    values = sorted((_draft(c, rules) for c in choice.chosen), key=_by_value)
    rivals = [_draft(c, rules) for c in choice.rivals[:_RIVALS]]
    facet = FacetTags(
        state=state,
        values=tuple(draft.tag for draft in values),
        rivals=tuple(draft.tag for draft in rivals),
    )
    return Sketch(facet, values, rivals, any(draft.in_card for draft in (*values, *rivals)))


def _by_value(draft: Draft) -> str:
    return draft.tag.value


def _draft(candidate: Candidate, rules: Calibration) -> Draft:
    confidence = rules.confidence(candidate.log_odds)
    marks = sorted(candidate.marks, key=_heaviest_first)
    tag = Tag(
        value=candidate.value,
        confidence=confidence,
        review=confidence < rules.accept,
        evidence=tuple(mark.evidence for mark in marks),
    )
    return Draft(tag, marks, any(mark.evidence.signal in TEXT_PLACES for mark in marks))


def _heaviest_first(mark: Mark) -> tuple[float, str, str]:
    return -abs(mark.weight), mark.rule, mark.feature


def _placed(drafts: Sequence[Draft], text: str, found: Found) -> tuple[Tag, ...]:
    """The tags of ``drafts`` with the lines of this model's card."""
    return tuple([_tag(draft, text, found) if draft.in_card else draft.tag for draft in drafts])


def _tag(draft: Draft, text: str, found: Found) -> Tag:
    tag = draft.tag
    return Tag(
        value=tag.value,
        confidence=tag.confidence,
        review=tag.review,
        evidence=tuple([_evidence(mark, text, found) for mark in draft.marks]),
    )


def _evidence(mark: Mark, text: str, found: Found) -> Evidence:
    offset = found.get(mark.feature, -1)
    shared = mark.evidence
    if offset < 0:
        return shared
    return Evidence(
        rule=shared.rule,
        signal=shared.signal,
        term=shared.term,
        line=text.count("\n", 0, offset) + 1,
        weight=shared.weight,
    )
