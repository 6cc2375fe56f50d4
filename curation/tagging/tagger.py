"""One model in, its tags out: signals, marks, decisions, in that order, once through."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from curation import packs as packs_
from curation import vocabulary
from curation.cards import Card
from curation.records import Decision, Facts, Size, Tags
from curation.rules import Pack
from curation.tagging import assemble, calibration, declared, many, overrule, resolve, size
from curation.tagging.calibration import Fitted
from curation.tagging.collect import Collector, marks
from curation.tagging.inherit import inherited
from curation.tagging.marks import Found, Mark, Marks, Target
from curation.tagging.places import Regions
from curation.tagging.plugins import Model, PythonTagger
from curation.tagging.resolve import Choice
from curation.tagging.rulebook import Rulebook
from curation.tagging.signals import Line, read

#: What is decided once the task is.
_LATE = ("domains", "languages", "platforms", "derivation")

ByFacet = Mapping[str, Mapping[str, list[Mark]]]


class Heard(NamedTuple):
    """All that stands in one model, before anything is made of it."""

    size: Size
    text: str
    lines: list[Line]
    regions: Regions | None
    found: Found
    told: list[tuple[Target, Mark]]


class Decided(NamedTuple):
    """What the marks on one model come to.

    ``early`` and ``late`` are all marks, by facet and value; those on ``mark`` are notes that
    rules leave for others. ``found`` holds what was found and decided.
    """

    choices: dict[str, Choice]
    early: ByFacet
    late: ByFacet
    found: Found


class Tagger:
    """Tags models by some packs (default: the stock ones); equal input gives equal tags."""

    def __init__(
        self,
        packs: Iterable[Pack] | None = None,
        fitted: Fitted | None = None,
        plugins: Iterable[PythonTagger] = (),
    ) -> None:
        fitted = fitted or calibration.load()
        self.book = Rulebook(packs_.stock() if packs is None else packs, fitted.factors)
        self._collector = Collector(self.book)
        self._calibrations = fitted.facets
        self._plugins = tuple(plugins)
        self._fits = {
            slug: frozenset(value.tasks)
            for slug, value in vocabulary.load("subtasks").values.items()
        }

    def tag(
        self,
        model_id: str,
        facts: Facts,
        card: Card | None,
        *,
        decisions: Mapping[str, Decision] | None = None,
        family: Mapping[str, Tags] | None = None,
    ) -> Tags:
        """The tags of one model; ``card`` is None where the repository has none.

        ``decisions`` are a person's, by facet: each replaces what the rules found. ``family``
        holds the tags of models that this one may be made from, by id.
        """
        heard = self.hear(model_id, facts, card, family=family)
        return self.judge(heard, self.decide(heard), decisions=decisions)

    def hear(
        self,
        model_id: str,
        facts: Facts,
        card: Card | None,
        *,
        family: Mapping[str, Tags] | None = None,
    ) -> Heard:
        """The first half of ``tag``: one pass over the model."""
        lines = read(model_id, facts, card)
        regions = Regions(card) if card is not None else None
        return Heard(
            size=size.size(model_id, facts),
            text=card.text if card is not None else "",
            lines=lines,
            regions=regions,
            found=self._collector.find(lines, regions),
            told=self._told(Model(model_id, facts, card, lines), family),
        )

    def _told(self, model: Model, family: Mapping[str, Tags] | None) -> list[tuple[Target, Mark]]:
        """What parents and Python taggers say."""
        said = list(inherited(model.lines, model.facts, family)) if family else []
        for plugin in self._plugins:
            said += plugin(model)
        return said

    def decide(self, heard: Heard, without: Container[str] = ()) -> Decided:
        """What the marks come to, those of the rules ``without`` left out."""
        found = heard.found.copy()
        early = _by_facet(marks(self.book.early, found), heard.told, without)
        choices = self._decide_early(early)
        decided = [("decided", c.value) for choice in choices.values() for c in choice.chosen]
        self._collector.find_lines(decided, found)
        stated = chain(_declared(heard.lines, decided), heard.told)
        late = _by_facet(marks(self.book.late, found), stated, without)
        return Decided(choices | self._decide_late(late), early, late, found)

    def judge(
        self, heard: Heard, decided: Decided, *, decisions: Mapping[str, Decision] | None = None
    ) -> Tags:
        """The tags that what was decided makes, a person's decisions put in their place."""
        choices, notes = decided.choices, decided.early.get("mark", {})
        template = "template" in notes
        return assemble.tags(
            choices,
            self._calibrations,
            size=heard.size,
            text=heard.text,
            found=decided.found,
            informed=_informed(choices, heard.lines, heard.regions, template=template),
            marked="english-only" in notes,
            overruled=overrule.facets(decisions) if decisions else {},
        )

    def _decide_early(self, facets: ByFacet) -> dict[str, Choice]:
        task = self._single("task", facets)
        name = task.chosen[0].value if task.chosen else None
        fitting = {
            slug: marks
            for slug, marks in facets.get("subtask", {}).items()
            if name is None or not self._fits[slug] or name in self._fits[slug]
        }
        return {"task": task, "subtask": self._single("subtask", {"subtask": fitting})}

    def _decide_late(self, facets: ByFacet) -> dict[str, Choice]:
        choices = {
            facet: resolve.several(
                resolve.candidates(facets.get(facet, {})), self._calibrations[facet]
            )
            for facet in _LATE
        }
        return choices | {"languages": many.settle(choices["languages"])}

    def _single(self, facet: str, facets: ByFacet) -> Choice:
        return resolve.single(resolve.candidates(facets.get(facet, {})), self._calibrations[facet])


def _declared(lines: list[Line], decided: list[Line]) -> Iterator[tuple[Target, Mark]]:
    yield from declared.declared(lines)
    yield from declared.side_by_side(lines)
    if ("decided", "translation") in decided:
        yield from declared.pair(lines)


def _by_facet(
    said: Marks, extra: Iterable[tuple[Target, Mark]], without: Container[str]
) -> ByFacet:
    for target, mark in extra:
        said[target].append(mark)
    facets: dict[str, dict[str, list[Mark]]] = {}
    for (facet, value), items in said.items():
        kept = [mark for mark in items if mark.rule not in without] if without else items
        if kept:
            facets.setdefault(facet, {})[value] = kept
    return facets


def _informed(
    choices: Mapping[str, Choice], lines: list[Line], regions: Regions | None, *, template: bool
) -> bool:
    """Whether enough is known to call a model general where no kind applies.

    A card that a tool wrote says so only where it names the data.
    """
    if not choices["task"].chosen:
        return False
    if choices["languages"].chosen or any(place == "dataset" for place, _ in lines):
        return True
    return regions is not None and regions.introduces() and not template
