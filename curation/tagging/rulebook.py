"""Packs compiled for matching: two automata and, for each hit, what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from curation import terms
from curation.errors import InputError
from curation.rules import LINE_PLACES, PLACES, TEXT_PLACES, Pack, Rule
from curation.tagging.marks import Feature, Found, Statement, Target, feature, mark
from curation.tagging.matcher import Matcher
from curation.tagging.normal import pattern

#: Facets that are decided first; ``mark`` holds the rules' own notes. All others may rest on them.
EARLY = frozenset({"task", "subtask", "mark"})
#: What a rule supports whose terms speak of other models, or of what this one is not for.
VOID = "mark:void"

K = TypeVar("K")
V = TypeVar("V")


class Condition(NamedTuple):
    """Other hits that a rule asks for: one of ``when`` or all of one of ``both``, no ``unless``."""

    when: frozenset[Feature]
    both: tuple[tuple[frozenset[Feature], ...], ...]
    unless: frozenset[Feature]

    def holds(self, found: Found) -> bool:
        """Whether a model in which ``found`` stands meets it."""
        here = found.keys()  # of a view and a set, it is the smaller that is gone through
        if not here.isdisjoint(self.unless):
            return False
        if not here.isdisjoint(self.when) or not (self.when or self.both):
            return True
        return any(all(not here.isdisjoint(part) for part in parts) for parts in self.both)


class Effect(NamedTuple):
    """What a hit says, if ``condition`` holds."""

    statement: Statement
    condition: Condition | None


NO_FACTORS: Mapping[str, float] = {}


class _Ready(NamedTuple):
    """A rule with its weights by place and the condition that it asks for."""

    rule: Rule
    weights: Mapping[str, float]
    condition: Condition | None


class _Made(dict[K, V]):
    """Values that are made when they are first asked for: of 100,000 a model needs a hundred."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make

    def __missing__(self, key: K) -> V:
        made = self[key] = self._make(key)
        return made


class Rulebook:
    """All rules of some packs, ready to run.

    ``early`` and ``late`` give the effects of a feature, by whether they are on facets that are
    decided first; ``places`` the places where a pattern means anything, each with the feature that
    it is there. ``cues`` are those patterns of the card's automaton that void the rest of their
    sentence; ``within`` names the features inside a longer one of the same rule, which it stands
    in for ("arabic" in "egyptian arabic"). ``factors`` multiply the weights of the rules that they
    name. Raises InputError for a rule that cannot be compiled.
    """

    def __init__(self, packs: Iterable[Pack], factors: Mapping[str, float] = NO_FACTORS) -> None:
        self.rules: dict[str, Rule] = {}
        self.early: _Made[Feature, tuple[Effect, ...]] = _Made(
            lambda feature: self._effects(feature, early=True)
        )
        self.late: _Made[Feature, tuple[Effect, ...]] = _Made(
            lambda feature: self._effects(feature, early=False)
        )
        self.places = _Made(self._row)
        self._of_term: dict[str, list[tuple[_Ready, tuple[str, ...]]]] = {}
        self._asked: dict[str, set[str]] = {}
        self._nested: dict[str, tuple[str, ...]] = {}
        cues: set[str] = set()
        for pack in packs:
            for rule in pack.rule:
                cues |= self._add(pack, rule, factors.get(rule.id, 1.0))
        self.within = dict(self._within())
        self.line = self._matcher(LINE_PLACES)
        self.text = self._matcher(TEXT_PLACES)
        self.cues = frozenset(n for n, term in enumerate(self.text.patterns) if term in cues)

    def _add(self, pack: Pack, rule: Rule, factor: float) -> set[str]:
        """Compile ``rule`` with its weights times ``factor``; returns its terms that are cues."""
        if rule.id in self.rules:
            raise InputError(f"pack {pack.name}: rule {rule.id} is defined twice")
        self.rules[rule.id] = rule
        condition = self._condition(rule, pack)
        weights = {p: round(w * factor, 2) for p, w in terms.weights(rule, pack).items()}
        ready = _Ready(rule, weights, condition)
        entries = {pattern(term): targets for term, targets in terms.entries(rule)}
        for term, targets in entries.items():
            self._nest(term, entries)
            self._of_term.setdefault(term, []).append((ready, targets))
        return {term for term, targets in entries.items() if VOID in targets}

    def _effects(self, feature: Feature, *, early: bool) -> tuple[Effect, ...]:
        place, _, term = feature.partition(": ")
        return tuple(
            Effect(Statement(*target(text), said), ready.condition)
            for ready, targets in self._of_term.get(term, ())
            if place in ready.weights
            for said in [mark(ready.rule.id, ready.weights[place], place, term, ready.rule.witness)]
            for text in targets
            if (target(text)[0] in EARLY) is early
        )

    def _row(self, term: str) -> dict[str, Feature]:
        return {place: feature(place, term) for place in self._meant(term)}

    def _meant(self, term: str) -> Iterator[str]:
        """The places where ``term`` means anything."""
        for ready, _ in self._of_term.get(term, ()):
            yield from ready.weights
        yield from self._asked.get(term, ())

    def _condition(self, rule: Rule, pack: Pack) -> Condition | None:
        if not (rule.when or rule.unless):
            return None
        wanted = [text.split(" & ") for text in terms.conditions(rule.when, rule, pack)]
        return Condition(
            when=self._features(parts[0] for parts in wanted if len(parts) == 1),
            both=tuple(
                tuple(self._features([part]) for part in parts)
                for parts in wanted
                if len(parts) > 1
            ),
            unless=self._features(terms.conditions(rule.unless, rule, pack)),
        )

    def _features(self, texts: Iterable[str]) -> frozenset[Feature]:
        return frozenset(self._ask(*pair) for text in texts for pair in places(text))

    def _nest(self, term: str, entries: Mapping[str, tuple[str, ...]]) -> None:
        words = term.split()
        spans = ((a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1))
        parts = (" ".join(words[a:b]) for a, b in spans)
        shorter = [p for p in parts if p != term and entries.get(p, entries[term]) != entries[term]]
        if shorter:
            self._nested[term] = (*self._nested.get(term, ()), *shorter)

    def _within(self) -> Iterator[tuple[Feature, tuple[Feature, ...]]]:
        for term, shorter in self._nested.items():
            for place, longer in self.places[term].items():
                rows = (self.places[part] for part in shorter)
                if inside := tuple(row[place] for row in rows if place in row):
                    yield longer, inside

    def _ask(self, place: str, term: str) -> Feature:
        self._asked.setdefault(term, set()).add(place)
        return feature(place, term)

    def _matcher(self, places: tuple[str, ...]) -> Matcher:
        wanted = frozenset(places)
        every = dict.fromkeys((*self._of_term, *self._asked))
        return Matcher([term for term in every if not wanted.isdisjoint(self._meant(term))])


def target(text: str) -> Target:
    """``facet:value`` as a pair."""
    facet, _, value = text.partition(":")
    return facet, value


def places(text: str) -> list[tuple[str, str]]:
    """A condition, ``place: term``, as pairs; ``text`` is any place of the card, ``meta`` none.

    Raises InputError if it is none.
    """
    place, colon, term = text.strip().partition(":")
    groups = {"text": TEXT_PLACES, "meta": LINE_PLACES}
    if not colon or (place not in PLACES and place not in groups):
        raise InputError(f"not a condition: {text!r}", hint="write 'place: term'")
    return [(name, pattern(term.strip())) for name in groups.get(place, (place,))]
