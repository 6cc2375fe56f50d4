"""Packs compiled for matching: two automata and, for each hit, what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from curation import packs as packs_
from curation.errors import InputError
from curation.rules import LINE_PLACES, PLACES, TEXT_PLACES, Pack, Rule
from curation.tagging.marks import Feature, Mark, Target, mark
from curation.tagging.matcher import Matcher
from curation.tagging.normal import pattern

#: Facets that are decided first; ``mark`` holds the rules' own notes. All others may rest on them.
EARLY = frozenset({"task", "subtask", "mark"})
#: What a rule supports whose terms speak of other models, or of what this one is not for.
VOID = "mark:void"


class Condition(NamedTuple):
    """Other hits that a rule asks for: one of ``when`` or all of one of ``both``, no ``unless``."""

    when: frozenset[Feature]
    both: tuple[tuple[frozenset[Feature], ...], ...]
    unless: frozenset[Feature]

    def holds(self, found: Iterable[Feature]) -> bool:
        """Whether a model in which ``found`` stands meets it."""
        if not self.unless.isdisjoint(found):
            return False
        if not self.when.isdisjoint(found) or not (self.when or self.both):
            return True
        return any(all(not part.isdisjoint(found) for part in parts) for parts in self.both)

    def features(self) -> Iterator[Feature]:
        """All hits that it has to do with."""
        yield from chain(self.when, self.unless)
        yield from (feature for parts in self.both for part in parts for feature in part)


class Effect(NamedTuple):
    """What a hit says of ``target``, if ``condition`` holds."""

    target: Target
    mark: Mark
    condition: Condition | None


NO_FACTORS: Mapping[str, float] = {}

#: Place → effects, of one pattern.
Row = dict[str, tuple[Effect, ...]]


class Rulebook:
    """All rules of some packs, ready to run.

    ``early`` and ``late`` give the effects of a pattern at a place, by whether they are on facets
    that are decided first; ``places`` the places where it means anything. ``cues`` are those
    patterns of the card's automaton that void the rest of their sentence; ``within`` names the
    terms inside a longer one of the same rule, which it stands in for ("arabic" in "egyptian
    arabic"). ``factors`` multiply the weights of the rules that they name. Raises InputError for a
    rule that cannot be compiled.
    """

    def __init__(self, packs: Iterable[Pack], factors: Mapping[str, float] = NO_FACTORS) -> None:
        self.rules: dict[str, Rule] = {}
        self.early: dict[Feature, tuple[Effect, ...]] = {}
        self.late: dict[Feature, tuple[Effect, ...]] = {}
        self.places: dict[str, set[str]] = {}
        self.cues: frozenset[int] = frozenset()
        self.within: dict[str, tuple[str, ...]] = {}
        cues: set[str] = set()
        for pack in packs:
            for rule in pack.rule:
                cues |= self._add(pack, rule, factors.get(rule.id, 1.0))
        self.line = self._matcher(LINE_PLACES)
        self.text = self._matcher(TEXT_PLACES)
        self.cues = frozenset(n for n, term in enumerate(self.text.patterns) if term in cues)

    def _add(self, pack: Pack, rule: Rule, factor: float) -> set[str]:
        """Compile ``rule`` with its weights times ``factor``; returns its terms that are cues."""
        if rule.id in self.rules:
            raise InputError(f"pack {pack.name}: rule {rule.id} is defined twice")
        self.rules[rule.id] = rule
        condition = self._condition(rule)
        weights = packs_.weights(rule, pack)
        entries = {pattern(term): targets for term, targets in packs_.entries(rule)}
        for term, targets in entries.items():
            self._nest(term, entries)
            for place, weight in weights.items():
                said = mark(rule.id, round(weight * factor, 2), place, term, rule.witness)
                self._look(said.feature)
                for text in targets:
                    self._effect(Effect(target(text), said, condition))
        return {term for term, targets in entries.items() if VOID in targets}

    def _condition(self, rule: Rule) -> Condition | None:
        if not (rule.when or rule.unless):
            return None
        wanted = [text.split(" & ") for text in rule.when]
        condition = Condition(
            when=features(parts[0] for parts in wanted if len(parts) == 1),
            both=tuple(tuple(features([p]) for p in parts) for parts in wanted if len(parts) > 1),
            unless=features(rule.unless),
        )
        for feature in condition.features():
            self._look(feature)
        return condition

    def _nest(self, term: str, entries: Mapping[str, tuple[str, ...]]) -> None:
        words = term.split()
        spans = ((a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1))
        parts = (" ".join(words[a:b]) for a, b in spans)
        shorter = [p for p in parts if p != term and entries.get(p, entries[term]) != entries[term]]
        if shorter:
            self.within[term] = (*self.within.get(term, ()), *shorter)

    def _look(self, feature: Feature) -> None:
        place, term = feature
        self.places.setdefault(term, set()).add(place)

    def _effect(self, effect: Effect) -> None:
        effects = self.early if effect.target[0] in EARLY else self.late
        feature = effect.mark.feature
        effects[feature] = (*effects.get(feature, ()), effect)

    def _matcher(self, places: tuple[str, ...]) -> Matcher:
        return Matcher([term for term, row in self.places.items() if not row.isdisjoint(places)])


def target(text: str) -> Target:
    """``facet:value`` as a pair."""
    facet, _, value = text.partition(":")
    return facet, value


def features(texts: Iterable[str]) -> frozenset[Feature]:
    """Conditions, ``place: term``; ``text`` is any place of the card, ``meta`` any other."""
    return frozenset(feature for text in texts for feature in _features(text))


def _features(text: str) -> Iterable[Feature]:
    place, colon, term = text.strip().partition(":")
    groups = {"text": TEXT_PLACES, "meta": LINE_PLACES}
    if not colon or (place not in PLACES and place not in groups):
        raise InputError(f"not a condition: {text!r}", hint="write 'place: term'")
    return [(name, pattern(term.strip())) for name in groups.get(place, (place,))]
