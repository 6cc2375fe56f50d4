"""Understand a need in words: which tasks, subtasks, domains, languages and platforms it means."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from curation.advise import everyday
from curation.advise.finding import Found, places, spoken, uses
from curation.advise.guessing import guess
from curation.advise.wishes import bound
from curation.advise.wording import Sentence, denied, keys
from curation.errors import UsageError
from curation.vocabulary import load

#: A longer need is cut here, in characters; nothing after it is read.
LONGEST = 500
_USES = ("tasks", "subtasks", "domains")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a need means.

    ``named`` maps a value to the words that mean it; ``guessed`` values rest on a ranking of words
    alone. ``without`` are values by facet that the need denies ("not for tweets"). ``source`` and
    ``target`` are the languages from and into which to translate, ``max_bytes`` a size that it
    names. ``media`` is what goes in, ``rest`` the words that meant nothing.
    """

    text: str
    words: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    subtasks: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    without: dict[str, tuple[str, ...]] = {}
    source: str | None = None
    target: str | None = None
    max_bytes: int | None = None
    named: dict[str, str] = {}
    guessed: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether anything tells what the model is to do, or in which field."""
        return bool(self.tasks or self.subtasks or self.domains)

    @property
    def fields(self) -> tuple[str, ...]:
        """The domains but for those that the name of a use holds: "code" in "code generation"."""
        uses = [self.named.get(slug, "").split() for slug in (*self.tasks, *self.subtasks)]
        words = [set(phrase) for phrase in uses]
        return tuple(
            slug
            for slug in self.domains
            if not any(held.issuperset(self.named.get(slug, slug).split()) for held in words)
        )


def read(need: str) -> Reading:
    """What ``need`` means. Raises UsageError if it holds no word."""
    said, most = bound(need[:LONGEST])
    sentence = Sentence(said)
    if not sentence.words:
        raise UsageError("the need is empty", hint='say it in words: "detect tables in invoices"')
    found = [*uses(sentence), *spoken(sentence)]
    wanted, unwanted = _parted(sentence, found)
    dropped = _dropped(wanted)
    wanted = [one for one in wanted if one not in dropped]
    source, target = _direction(sentence, wanted)
    reading = Reading(
        text=need[:LONGEST],
        words=sentence.words,
        **{facet: _values(wanted, facet) for facet in (*everyday.FACETS, "languages")},
        media=tuple(
            medium
            for medium, words in everyday.table().media.items()
            if any(places(sentence, words))
        ),
        without=unwanted,
        source=source,
        target=target,
        max_bytes=most,
        named={one.value: one.phrase for one in reversed(wanted)},
        rest=_rest(sentence, [one for one in found if one not in dropped]),
    )
    return reading if reading.tasks or reading.subtasks else _supposed(reading, sentence)


def _parted(
    sentence: Sentence, found: list[Found]
) -> tuple[list[Found], dict[str, tuple[str, ...]]]:
    """What is wanted, and what the need says that it is not to be.

    Where a denial leaves nothing to do, it is part of the work: "mails that are not spam".
    """
    parts = denied(sentence)
    out = [one for one in found if one.place.start in parts.denied]
    more = [one for one in found if one.place.start in parts.not_all]
    wanted = [one for one in found if one not in out and one not in more]
    if any(one.facet in _USES for one in found) and not any(one.facet in _USES for one in wanted):
        return found, {}
    many = [Found("languages", "mul", one.phrase, one.place) for one in more if _tongue(one)]
    kept = {(one.facet, one.value) for one in wanted}
    out = [one for one in out if (one.facet, one.value) not in kept]
    facets = dict.fromkeys(one.facet for one in out)
    return [*wanted, *many[:1]], {facet: _values(out, facet) for facet in facets}


def _dropped(wanted: Iterable[Found]) -> list[Found]:
    """Narrow uses behind a task that they are none of: "draw pictures that are safe for work"."""
    used = [one for one in wanted if one.facet in ("tasks", "subtasks")]
    leads = {one.value for one in used if one.place.start == used[0].place.start}
    narrow = [one for one in used if one.facet == "subtasks"]
    known = load("subtasks").values
    if any(one.value in leads or leads.intersection(known[one.value].tasks) for one in narrow):
        return []
    return narrow


def _tongue(one: Found) -> bool:
    return one.facet == "languages"


def _values(found: Iterable[Found], facet: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.value for one in found if one.facet == facet))


def _direction(sentence: Sentence, found: Iterable[Found]) -> tuple[str | None, str | None]:
    """From and into which language, where the need tells: "from A", "into B", "A to B", "A-B"."""
    named = [one for one in found if _tongue(one) and one.value != "mul"]
    codes = tuple(dict.fromkeys(one.value for one in named))
    before = {sentence.words[one.place.start - 1]: one.value for one in named if one.place.start}
    source, target = before.get("from"), before.get("into") or before.get("to")
    if len(codes) == 1:
        return source, target if source is None else None
    if len(codes) != 2 or source == target:
        side_by_side = len(codes) == 2 and named[0].place.stop == named[1].place.start
        return (codes[0], codes[1]) if side_by_side else (None, None)
    first, second = codes if target == codes[1] or source == codes[0] else codes[::-1]
    return first, second


def _rest(sentence: Sentence, found: Iterable[Found]) -> tuple[str, ...]:
    """The words that tell something, and what they tell was not understood."""
    table = everyday.table()
    general = {key[0] for key in keys(tuple(table.filler.general)).values()}
    media = tuple(word for words in table.media.values() for word in words)
    used = {n for place in places(sentence, media) for n in place}
    used |= {n for one in found for n in one.place}
    filler = table.filler.words | table.filler.articles
    denials = keys(table.negation.no).values()
    used |= {n for key in denials for place in sentence.places(key) for n in place}
    left = (
        word
        for n, (word, form) in enumerate(zip(sentence.words, sentence.forms, strict=True))
        if n not in used and word not in filler and form not in general
    )
    return tuple(dict.fromkeys(left))


def _supposed(reading: Reading, sentence: Sentence) -> Reading:
    """The reading of a need in which no phrase names a use: what the rest of it suggests."""
    replace = msgspec.structs.replace
    if reading.source and reading.target:
        return replace(reading, tasks=("translation",), guessed=("translation",))
    known = dict(zip(sentence.words, sentence.forms, strict=True))
    found = guess(known[word] for word in reading.rest)
    if found is None:
        return reading
    facet, value = found
    return replace(reading, **{facet: (value,)}, guessed=(value,))
