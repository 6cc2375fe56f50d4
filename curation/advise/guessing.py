"""Guess the task that a need means where no phrase names one, by what is said of the tasks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from curation.advise import everyday
from curation.advise.fulltext import Index
from curation.advise.wording import keys

#: A task is guessed only if what is said of it holds so many of the words, and over this share.
_FEWEST, _SHARE = 2, 0.5


def guess(words: Iterable[str]) -> tuple[str, str] | None:
    """The facet and value whose text holds most of ``words``, forms of words that tell something.

    Of values that hold as many, a task goes before a subtask: it is the lesser claim.
    """
    told = tuple(dict.fromkeys(words))
    held: dict[str, int] = {}
    for word in told:
        for name in _index().scores([word]):
            held[name] = held.get(name, 0) + 1
    ranked = sorted(
        _index().scores(told), key=lambda name: (-held[name], not name.startswith("tasks:"))
    )
    if not ranked or held[ranked[0]] < _FEWEST or held[ranked[0]] <= _SHARE * len(told):
        return None
    facet, _, value = ranked[0].partition(":")
    return facet, value


@cache
def _index() -> Index:
    said = {
        f"{facet}:{value}": text
        for facet in ("tasks", "subtasks")
        for value, text in everyday.texts(facet).items()
    }
    forms = keys(tuple(said.values()))
    return Index({name: " ".join(forms[text]) for name, text in said.items()})
