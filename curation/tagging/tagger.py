"""One model in, its tags out: signals, marks, decisions, in that order, once through."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from curation import packs as packs_
from curation.cards import Card
from curation.records import Decision, Facts, Size, Tags
from curation.rules import Pack
from curation.tagging import calibration, overrule, size
from curation.tagging.assemble import Assembler
from curation.tagging.calibration import Fitted
from curation.tagging.collect import Collector, said
from curation.tagging.decide import Decider
from curation.tagging.inherit import inherited
from curation.tagging.many import NONE
from curation.tagging.marks import Found, Mark, Said, Statement, by_value, statements
from curation.tagging.places import Regions
from curation.tagging.plugins import Model, PythonTagger
from curation.tagging.resolve import Choice
from curation.tagging.rulebook import EARLY, Rulebook
from curation.tagging.signals import Line, read
from curation.tagging.spelt import spelt


class Heard(NamedTuple):
    """All that stands in one model, before anything is made of it."""

    size: Size
    text: str
    lines: list[Line]
    regions: Regions | None
    found: Found
    told: list[Statement]


class Decided(NamedTuple):
    """What is said of one model, and what that comes to.

    ``said`` holds every statement; those on ``mark`` are notes that rules leave for others.
    ``found`` holds what was found and decided.
    """

    choices: dict[str, Choice]
    said: Said
    found: Found

    def marks(self) -> dict[str, dict[str, list[Mark]]]:
        """All marks, by facet and value."""
        return {facet: by_value(items) for facet, items in self.said.items() if items}


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
        self._decider = Decider(fitted.facets)
        self._assembler = Assembler(fitted)
        self._plugins = tuple(plugins)

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
        if regions is not None and regions.introduces():
            lines.append(("card", "introduced"))
        return Heard(
            size=size.size(model_id, facts),
            text=card.text if card is not None else "",
            lines=lines,
            regions=regions,
            found=self._collector.find(lines, regions),
            told=self._told(Model(model_id, facts, card, lines), family),
        )

    def _told(self, model: Model, family: Mapping[str, Tags] | None) -> list[Statement]:
        """What parents and Python taggers say."""
        told = statements(inherited(model.lines, model.facts, family)) if family else []
        for plugin in self._plugins:
            told += statements(plugin(model))
        return told

    def decide(self, heard: Heard, without: Container[str] = ()) -> Decided:
        """What the statements come to, those of the rules ``without`` left out."""
        found, told = heard.found.copy(), heard.told
        early = said(self.book.early, found, told, without)
        choices = self._decider.early(early)
        decided = [("decided", c.value) for choice in choices.values() for c in choice.chosen]
        self._collector.find_lines(decided, found)
        stated = [*spelt(heard.lines, decided), *(s for s in told if s.facet not in EARLY)]
        late = said(self.book.late, found, stated, without)
        return Decided(choices | self._decider.late(late), early | late, found)

    def judge(
        self, heard: Heard, decided: Decided, *, decisions: Mapping[str, Decision] | None = None
    ) -> Tags:
        """The tags that what was decided makes, a person's decisions put in their place."""
        notes = {one.value for one in decided.said.get("mark", ())}
        return self._assembler.tags(
            decided.choices,
            size=heard.size,
            text=heard.text,
            found=decided.found,
            informed=_informed(decided.choices, heard, template="template" in notes),
            marked="english-only" in notes,
            overruled=overrule.facets(decisions) if decisions else {},
        )


def _informed(choices: Mapping[str, Choice], heard: Heard, *, template: bool) -> bool:
    """Whether enough is known to call a model general where no kind applies.

    A card that a tool wrote says so only where it names the data.
    """
    if not choices["task"].chosen:
        return False
    # That a task has no language follows from the task, and tells nothing more.
    spoken = any(one.value != NONE for one in choices["languages"].chosen)
    if spoken or any(place == "dataset" for place, _ in heard.lines):
        return True
    return heard.regions is not None and heard.regions.introduces() and not template
