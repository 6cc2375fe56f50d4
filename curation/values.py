"""What a person may say of a facet or a fact: the values that fit, and one that was misspelt."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Literal

from curation import ids, languages, licences, vocabulary
from curation.errors import UsageError
from curation.records import SINGLE, Facts

Part = Literal["tags", "facts"]
Value = str | int | tuple[str, ...]

KINDS = ("domain", "language", "platform", "task")
_VOCABULARIES = {
    "derivation": "derivations",
    "domains": "domains",
    "platforms": "platforms",
    "subtask": "subtasks",
    "task": "tasks",
}
_NUMBERS = frozenset({"bytes_total", "parameters_total"})
_LONGEST = 200
#: All that 64 bits hold for sure.
_DIGITS = 18


def offered(name: str) -> tuple[str, ...]:
    """The values that a facet or fact of this name may have, () where they are not listed."""
    if name == "kinds":
        return KINDS
    if name == "languages":
        return tuple(sorted(languages.all_codes()))
    if name == "license":
        return licences.known()
    listed = _VOCABULARIES.get(name)
    return tuple(vocabulary.load(listed).values) if listed else ()


def is_single(part: Part, name: str) -> bool:
    """Whether there is one value at most."""
    return name in SINGLE if part == "tags" else not isinstance(getattr(Facts(), name), tuple)


def checked(part: Part, name: str, words: Sequence[str]) -> Value:
    """``words`` as the value of a decision, in the spelling of the vocabularies.

    No words, or a lone '', are the decision that nothing applies. Raises UsageError for a word
    that fits nothing, saying which one may be meant.
    """
    words = [word.strip() for word in words if word.strip()]
    if not words:
        return ()
    found = tuple(sorted({_value(name, word) for word in words}))
    if not is_single(part, name):
        return found
    if len(found) > 1:
        raise UsageError(f"{name} has one value at most, not {len(found)}")
    return int(found[0]) if name in _NUMBERS else found[0]


def _value(name: str, word: str) -> str:
    found = _resolved(name, word)
    if found:
        return found
    close = difflib.get_close_matches(word.lower(), offered(name), n=1)
    expected = "a whole number" if name in _NUMBERS else "one of those in the vocabulary"
    hint = f"did you mean {close[0]}?" if close else f"expected {expected}"
    raise UsageError(f"{name}: no value {ids.clip(word)!a}", hint=hint)


def _resolved(name: str, word: str) -> str | None:
    if name in _NUMBERS:
        digits = word.replace("_", "").replace(",", "")
        fits = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
        return str(int(digits)) if fits else None
    if name == "kinds":
        return word.lower() if word.lower() in KINDS else None
    if name == "languages":
        return languages.regional(word)
    if name == "license":
        licence = licences.normalize(word)
        known = licence.category != "unknown" or licence.id in licences.known()
        return licence.id if known else None
    if listed := _VOCABULARIES.get(name):
        return vocabulary.load(listed).resolve(word)
    return word if len(word) <= _LONGEST and word.isprintable() else None
