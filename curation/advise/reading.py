"""Understand a need in words: which tasks, subtasks, domains, languages and platforms it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from curation import languages
from curation.advise import everyday
from curation.advise.fulltext import Index, Sentence
from curation.errors import UsageError

#: A longer need is cut here, in characters; nothing after it is read.
LONGEST = 500
#: A task is guessed from a ranking only where it holds more than this share of the need's words.
_SHARE = 0.5


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a need means.

    ``named`` maps a value to the words that mean it; ``guessed`` values rest on a ranking of words
    alone. ``media`` is what goes in, ``rest`` the words that meant nothing.
    """

    text: str
    words: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    subtasks: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    named: dict[str, str] = {}
    guessed: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether anything tells what the model is to do, or in which field."""
        return bool(self.tasks or self.subtasks or self.domains)


class _Match(msgspec.Struct, frozen=True):
    facet: str
    value: str
    phrase: str
    place: range


def read(need: str) -> Reading:
    """What ``need`` means. Raises UsageError if it holds no word."""
    sentence = Sentence(need[:LONGEST])
    if not sentence.words:
        raise UsageError("the need is empty", hint='say it in words: "detect tables in invoices"')
    found = [*_uses(sentence), *_spoken(sentence)]
    fillers = {
        place for phrase in everyday.table().filler.words for place in _all(sentence, phrase)
    }
    used = {place for match in found for place in match.place}
    media = tuple(_media(sentence))
    rest = [word for n, word in enumerate(sentence.words) if n not in used | fillers]
    reading = Reading(
        text=need[:LONGEST],
        words=sentence.words,
        tasks=_values(found, "tasks"),
        subtasks=_values(found, "subtasks"),
        domains=_values(found, "domains"),
        languages=_values(found, "languages"),
        platforms=_values(found, "platforms"),
        media=media,
        named={match.value: match.phrase for match in reversed(found)},
        rest=tuple(dict.fromkeys(rest)),
    )
    return reading if reading.tasks or reading.subtasks else _guess(reading, sentence, fillers)


def _uses(sentence: Sentence) -> list[_Match]:
    """The values that phrases name: of those that overlap within a facet, the longer one."""
    every = [
        _Match(facet, value, " ".join(sentence.words[place.start : place.stop]), place)
        for phrase, facet, value in everyday.phrases()
        for place in sentence.places(phrase)
    ]
    return _longest(every)


def _longest(matches: Iterable[_Match]) -> list[_Match]:
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda one: (-len(one.place), one.place.start)):
        rivals = [one for one in kept if _group(one) == _group(match)]
        if all(_apart(match.place, one.place) or match.place == one.place for one in rivals):
            kept.append(match)
    return sorted(kept, key=lambda one: one.place.start)


def _group(match: _Match) -> str:
    return "uses" if match.facet in ("tasks", "subtasks") else match.facet


def _apart(one: range, other: range) -> bool:
    return one.stop <= other.start or other.stop <= one.start


def _spoken(sentence: Sentence) -> list[_Match]:
    """The languages that are named, by their names in any script."""
    known, words, found = languages.phrases(), sentence.words, []
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            phrase = " ".join(words[start : start + size])
            if code := known.get(phrase):
                found.append(_Match("languages", code, phrase, range(start, start + size)))
    for phrase in everyday.table().filler.many_languages:
        found += [_Match("languages", "mul", phrase, place) for place in sentence.places(phrase)]
    return _longest(found)


def _media(sentence: Sentence) -> Iterator[str]:
    for medium, words in everyday.table().media.items():
        if any(sentence.places(word) for word in words):
            yield medium


def _all(sentence: Sentence, phrase: str) -> list[int]:
    return [n for n, word in enumerate(sentence.words) if word == phrase]


def _values(found: Iterable[_Match], facet: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.value for match in found if match.facet == facet))


def _guess(reading: Reading, sentence: Sentence, fillers: set[int]) -> Reading:
    """The reading with the task or subtask whose description fits the words best, if one does."""
    words = {word for n, word in enumerate(sentence.words) if n not in fillers}
    ranked = sorted(_index().scores(words), key=lambda name: -_held(name, words))
    if not ranked or _held(ranked[0], words) <= _SHARE * len(words):
        return reading
    facet, _, value = ranked[0].partition(":")
    told = {facet: (value,), "guessed": (value,)}
    return msgspec.structs.replace(reading, **told)


def _held(name: str, words: Iterable[str]) -> int:
    """How many of the words the text of a value holds, whatever their endings."""
    return sum(name in _index().scores([word]) for word in words)


@cache
def _index() -> Index:
    return Index(
        {
            f"{facet}:{value}": text
            for facet in ("tasks", "subtasks")
            for value, text in everyday.texts(facet).items()
        }
    )
