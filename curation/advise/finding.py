"""What phrases of a need name: values of the vocabularies, and languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from curation import languages
from curation.advise import everyday
from curation.advise.wording import GAP, Key, Sentence, keys


class Found(msgspec.Struct, frozen=True):
    """Words of a need that mean a value, and where they stand."""

    facet: str
    value: str
    phrase: str
    place: range


def uses(sentence: Sentence) -> list[Found]:
    """The values that phrases name: of those that overlap within a facet, the longest.

    Only where no task is named, some words may stand between those of a phrase.
    """
    found = _longest(_named(sentence, 0))
    if any(_group(one.facet) == "uses" for one in found):
        return found
    return _longest([*found, *(one for one in _named(sentence, GAP) if _apart(one, found))])


def spoken(sentence: Sentence) -> list[Found]:
    """The languages that are named, by their names in any script."""
    known, words, found = languages.phrases(), sentence.words, []
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            phrase = " ".join(words[start : start + size])
            if code := known.get(phrase):
                found.append(Found("languages", code, phrase, range(start, start + size)))
    for phrase, key in keys(everyday.table().filler.many_languages).items():
        found += [Found("languages", "mul", phrase, place) for place in sentence.places(key)]
    return _longest(found)


def _named(sentence: Sentence, gap: int) -> list[Found]:
    return [
        Found(facet, value, " ".join(sentence.words[place.start : place.stop]), place)
        for phrase, facet, value in _phrases()
        for place in sentence.places(phrase, gap)
    ]


@cache
def _phrases() -> tuple[tuple[Key, str, str], ...]:
    every = everyday.phrases()
    known = keys(tuple(phrase for phrase, _, _ in every))
    return tuple(dict.fromkeys((known[phrase], facet, value) for phrase, facet, value in every))


def _longest(found: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-len(one.place), one.place.start)):
        rivals = (other for other in kept if _group(other.facet) == _group(one.facet))
        if all(one.place == other.place or not _overlap(one, other) for other in rivals):
            kept.append(one)
    return sorted(kept, key=lambda one: one.place.start)


def _group(facet: str) -> str:
    return "uses" if facet in ("tasks", "subtasks") else facet


def _apart(one: Found, others: Iterable[Found]) -> bool:
    return not any(_overlap(one, other) for other in others)


def _overlap(one: Found, other: Found) -> bool:
    return one.place.start < other.place.stop and other.place.start < one.place.stop


def places(sentence: Sentence, phrases: tuple[str, ...]) -> Iterator[range]:
    """Where any of some phrases stands."""
    for key in keys(phrases).values():
        yield from sentence.places(key)
