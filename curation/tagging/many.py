"""What a set of languages comes to by the guide: a list, ``mul``, or ``zxx``, never two of them."""

from __future__ import annotations

from curation.tagging.declared import MANY
from curation.tagging.resolve import Candidate, Choice
from curation.tagging.score import log_odds

NONE = "zxx"
#: The guide lists up to this many languages.
LISTED = 10
#: Log-odds at which "many" is more than an architecture's name.
_SURE = 2.0
#: Rules of this name say what a model is by default, as the language of its base.
_DEFAULT = "language.default."
#: Rules of this name know what language a dataset is in; the one that declares a language.
_DATASET, _DECLARED = "dataset.", "languages.declared"
#: Log-odds from which on something else says it, and how far below the best statement it may be.
_STATED, _ENOUGH, _GAP = 1.0, 4.0, 1.6
#: Languages that are named under a wider one too; the narrower says more.
_WIDER = {"nb": "no", "nn": "no", "lzh": "zh", "yue": "zh", "pt-BR": "pt", "tl": "fil"}
#: Spoken varieties of one written language, which stands for them all.
_VARIETIES = dict.fromkeys(("arz", "ary", "apc", "acm", "aeb", "ajp"), "ar")


def settle(choice: Choice) -> Choice:
    """``choice`` of languages, made to agree with itself; what gave way is a rival."""
    if len(choice.chosen) < 2:
        return choice
    kept = _some_or_none(_one_name(_stated(_own(choice.chosen))))
    kept = _many_or_few(kept)
    gone = [c for c in choice.chosen if c not in kept]
    return Choice(kept, [*gone, *choice.rivals])


def _own(chosen: list[Candidate]) -> list[Candidate]:
    """Without what a dataset's languages say, where one that is not English is declared: the data
    were translated, or only that part of them was used."""
    declared = [c for c in chosen if _is_declared(c)]
    if len(declared) != 1 or declared[0].value in ("en", MANY, NONE):
        return chosen
    return [c for c in chosen if c in declared or not _rests_on(c, _DATASET, _DEFAULT)]


def _is_declared(candidate: Candidate) -> bool:
    return any(mark.rule == _DECLARED for mark in candidate.marks)


def _rests_on(candidate: Candidate, *rules: str) -> bool:
    """Whether nothing but rules whose names begin so supports a value."""
    return all(mark.rule.startswith(rules) for mark in candidate.marks if mark.weight > 0)


def _stated(chosen: list[Candidate]) -> list[Candidate]:
    """What is said of the model itself; its defaults count where nothing is."""
    said = [_beyond_default(c) for c in chosen]
    floor = max(_STATED, min(max(said), _ENOUGH) - _GAP)
    stated = [c for c, strength in zip(chosen, said, strict=True) if strength >= floor]
    return stated or chosen


def _beyond_default(candidate: Candidate) -> float:
    marks = [m for m in candidate.marks if not m.rule.startswith(_DEFAULT)]
    return log_odds(marks) if marks else 0.0


def _one_name(chosen: list[Candidate]) -> list[Candidate]:
    """One of each language that is named twice, narrowly and widely."""
    named = {c.value for c in chosen}
    gone = {wide for narrow, wide in _WIDER.items() if narrow in named}
    gone |= {variety for variety, language in _VARIETIES.items() if language in named}
    return [c for c in chosen if c.value not in gone]


def _some_or_none(chosen: list[Candidate]) -> list[Candidate]:
    """A model either has to do with language or not: the better supported side."""
    best = max(chosen, key=lambda c: c.log_odds)
    return [c for c in chosen if (c.value == NONE) == (best.value == NONE)]


def _many_or_few(chosen: list[Candidate]) -> list[Candidate]:
    """A list says more than "many".

    But English alone beside "many" is what the card of a multilingual model looks like.
    """
    many = [c for c in chosen if c.value == MANY]
    listed = [c for c in chosen if c.value != MANY]
    if len(listed) > LISTED:
        return many or [Candidate(MANY, listed[0].log_odds, listed[0].marks)]
    if many and _is_group(many[0]):
        return many
    if many and _is_declared(many[0]) and all(_rests_on(c, _DATASET) for c in listed):
        return many
    if many and [c.value for c in listed] == ["en"] and many[0].log_odds >= _SURE:
        return many
    return listed or many


def _is_group(many: Candidate) -> bool:
    """Whether a translation model is named after a family of languages."""
    return any(mark.rule == "languages.pair" for mark in many.marks)
