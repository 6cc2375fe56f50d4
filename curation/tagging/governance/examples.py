"""Run the examples that rules carry: models in short, which a rule must accept or reject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from curation import terms, vocabulary
from curation.cards import Block, Card, Section
from curation.errors import InputError
from curation.records import INFERRED
from curation.rules import LINE_PLACES, PLACES, Pack, Rule
from curation.tagging.collect import Collector, said
from curation.tagging.governance.sources import Source
from curation.tagging.places import Regions
from curation.tagging.rulebook import Rulebook, target
from curation.tagging.signals import Line

#: Facets whose values a vocabulary lists.
_LISTED = {
    "task": "tasks",
    "subtask": "subtasks",
    "domains": "domains",
    "platforms": "platforms",
    "derivation": "derivations",
}

#: Between two blocks: no term and no sentence reaches over it.
_GAP = "\n\n"


class Failure(msgspec.Struct, frozen=True):
    """One thing that is wrong with a rule, and where the rule stands."""

    rule: str
    path: str
    line: int
    message: str


class Bench:
    """Rules that run on models in short."""

    def __init__(self, packs_: Iterable[Pack]) -> None:
        self._book = Rulebook(packs_)
        self._collector = Collector(self._book)

    def weights(self, rule: Rule, example: str) -> list[float]:
        """The weights of the marks that ``rule`` leaves on ``example``."""
        lines, blocks = _parts(example)
        found = self._collector.find(lines, _Stated(blocks))
        by_facet = said(self._book.early, found) | said(self._book.late, found)
        marks = (one.mark for items in by_facet.values() for one in items)
        return [mark.weight for mark in marks if mark.rule == rule.id]


def examine(source: Source, whole: Bench) -> Iterator[Failure | None]:
    """What is wrong with the rules of a pack, among those of ``whole``; null after each rule."""
    for rule in source.pack.rule:
        for message in failures(source.pack, rule, whole):
            yield Failure(rule.id, str(source.path), source.lines.get(rule.id, 1), message)
        yield None


def failures(pack: Pack, rule: Rule, whole: Bench | None = None) -> Iterator[str]:
    """What is wrong with ``rule`` of ``pack``: its values, its examples.

    The examples run with this rule alone, then among those of ``whole``, all packs. A rule that
    opposes accepts what it leaves a mark on, any other what it supports something on.
    """
    for value in _strange(rule):
        yield f"supports {value}, which is no value of a facet"
    for kind, examples in (("accepts", rule.accepts), ("rejects", rule.rejects)):
        if not examples:
            yield f"no {kind}"
    alone = Bench([msgspec.structs.replace(pack, rule=(rule,))])
    opposes = all(weight < 0 for weight in terms.weights(rule, pack).values())
    for where, bench in (("alone", alone), ("within all packs", whole)):
        if bench is not None:
            yield from _wrong(bench, rule, where, opposes=opposes)


def _wrong(bench: Bench, rule: Rule, where: str, *, opposes: bool) -> Iterator[str]:
    for example in rule.accepts:
        weights = bench.weights(rule, example)
        if not weights or not (opposes or max(weights) > 0):
            yield f"should accept {example!r}; {where} it does not"
    for example in rule.rejects:
        if bench.weights(rule, example):
            yield f"should reject {example!r}; {where} it does not"


class _Stated(Regions):
    """A card whose blocks say themselves which place they are."""

    def __init__(self, blocks: list[Line]) -> None:
        texts = [text for _, text in blocks]
        starts = [sum(len(text) + len(_GAP) for text in texts[:n]) for n in range(len(texts))]
        cut = (
            Block(kind="prose", start=start, end=start + len(text), line=1, section=0)
            for start, text in zip(starts, texts, strict=True)
        )
        super().__init__(
            Card(
                text=_GAP.join(texts),
                body_start=0,
                front={},
                sections=(Section("", 0, 1),),
                blocks=tuple(cut),
                links=(),
            )
        )
        self._stated = [place for place, _ in blocks]

    def place(self, index: int) -> str:
        return self._stated[index]


def _parts(example: str) -> tuple[list[Line], list[Line]]:
    """``place: text | place: text`` as line signals and as blocks of a card."""
    parts = [part.partition(": ") for part in example.split(" | ")]
    for place, colon, text in parts:
        if not colon or place not in PLACES:
            raise InputError(
                f"not an example: {place + colon + text!r}",
                hint="write 'place: text | place: text'",
            )
    lines = [(place, text) for place, _, text in parts if place in LINE_PLACES]
    return lines, [(place, text) for place, _, text in parts if place not in LINE_PLACES]


def _strange(rule: Rule) -> list[str]:
    """The targets of ``rule`` that name no value; notes for other rules are free."""
    targets = {text for _, found in terms.entries(rule) for text in found}
    return sorted(text for text in targets if not _exists(*target(text)))


def _exists(facet: str, value: str) -> bool:
    if facet in _LISTED:
        return value in vocabulary.load(_LISTED[facet]).values
    return bool(value) and facet in (*INFERRED, "mark")
