"""The words of a need as they are compared: whatever their endings, spelling and synonyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

import msgspec

from curation.advise import everyday
from curation.advise.fulltext import stems

_TOKEN = re.compile(r"[^\W_]+|[.,;:!?()\[\]\n–—]")
#: American spellings, which are compared as British ones.
_AMERICAN = re.compile(r"(?<=[a-z]{2}[lrtnmscdgx])iz(?=e[srd]?$|ing$|ation$)")
#: A negation holds for so many words, at most to the end of its clause.
_REACH = 6
#: So many words may stand between those of a phrase, where no phrase stands as it is.
GAP = 2

Key = tuple[str, ...]


class Sentence:
    """A text as words, and where in it phrases stand.

    ``words`` are all of them in lower case, ``forms`` how each is compared.
    """

    def __init__(self, text: str) -> None:
        self.words, self._clauses = _clauses(text)
        self.forms = tuple(map(forms(self.words).__getitem__, self.words))
        filler = everyday.table().filler
        self._kept = [n for n, word in enumerate(self.words) if word not in filler.articles]
        self._starts: dict[str, list[int]] = {}
        for place, n in enumerate(self._kept):
            self._starts.setdefault(self.forms[n], []).append(place)

    def places(self, phrase: Key, gap: int = 0) -> Iterator[range]:
        """The runs of words that are ``phrase``, but for articles.

        Up to ``gap`` words that are no filler may stand between two of them: "classify old photos",
        but not "classify people in photos".
        """
        for start in self._starts.get(phrase[0], ()) if phrase else ():
            if (last := self._last(phrase, start, gap)) is not None:
                yield range(self._kept[start], self._kept[last] + 1)

    def _last(self, phrase: Key, start: int, gap: int) -> int | None:
        for form in phrase[1:]:
            near = range(start + 1, start + 2 + gap)
            found = next((n for n in self._starts.get(form, ()) if n in near), None)
            if found is None or any(map(self._filler, range(start + 1, found))):
                return None
            start = found
        return start

    def _filler(self, place: int) -> bool:
        return self.words[self._kept[place]] in everyday.table().filler.words

    def behind(self, place: range) -> range:
        """What stands behind some words: to the end of their clause, or to a turn such as "but"."""
        turns, clause = everyday.table().negation.turns, self._clauses[place.stop - 1]
        reach = range(place.stop, min(len(self.words), place.stop + _REACH))
        ends = (n for n in reach if self.words[n] in turns or self._clauses[n] != clause)
        return range(place.stop, next(ends, reach.stop))


@lru_cache(maxsize=64)
def keys(phrases: tuple[str, ...]) -> Mapping[str, Key]:
    """How each phrase is compared: the forms of its words without articles.

    Remembered, as the same tables are looked for in every need.
    """
    held = {phrase: _clauses(phrase)[0] for phrase in phrases}
    known = forms(word for words in held.values() for word in words)
    articles = everyday.table().filler.articles
    return {
        phrase: tuple(known[word] for word in words if word not in articles)
        for phrase, words in held.items()
    }


def forms(words: Iterable[str]) -> dict[str, str]:
    """How each word is compared: its stem, or that of the word that says the same."""
    every, same, apart = tuple(dict.fromkeys(words)), _same(), everyday.table().stems.apart
    found = zip(every, stems([_british(word) for word in every]), strict=True)
    return {word: f"={word}" if word in apart else same.get(stem, stem) for word, stem in found}


@cache
def _same() -> Mapping[str, str]:
    """Stem → the stem that stands for all that mean the same."""
    groups = everyday.table().same
    every = [word for head, others in groups.items() for word in (head, *others)]
    stem = dict(zip(every, stems([_british(word) for word in every]), strict=True))
    return {stem[word]: stem[head] for head, others in groups.items() for word in others}


def _british(word: str) -> str:
    return _AMERICAN.sub("is", word)


def _clauses(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words of a text, and the number of the clause that each stands in."""
    found, clause = [], 0
    for token in _TOKEN.findall(text):
        if token[0].isalnum():
            found += [(word, clause) for word in token.casefold().split()]
        else:
            clause += 1
    return tuple(word for word, _ in found), tuple(clause for _, clause in found)


class Denied(msgspec.Struct, frozen=True):
    """The places of words that a sentence denies, and of those it says are not all."""

    denied: frozenset[int]
    not_all: frozenset[int]


def denied(sentence: Sentence) -> Denied:
    """What stands behind "not", "without" and the like, and behind "not only"."""
    table, out, more = everyday.table().negation, set[int](), set[int]()
    for words, held in ((table.no, out), (table.not_only, more)):
        for phrase in keys(words).values():
            for place in sentence.places(phrase):
                held.update(sentence.behind(place))
    return Denied(frozenset(out - more), frozenset(more))
