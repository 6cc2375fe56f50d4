"""What a card's own words say of where the model came from: its base, and its training data.

Training scripts write the same sentence into thousands of cards; these are the shapes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Shape(NamedTuple):
    """A sentence: the literal that must stand in a text for the pattern to be tried at all."""

    literal: str
    pattern: re.Pattern[str]


_NAME = r"([\w./-]{2,96})"
_BASE = (
    Shape("fine-tuned version of", re.compile(r"version of (?:the )?[\[`*]*" + _NAME)),
    Shape(
        "inetuned from",
        re.compile(
            r"from(?: model)?+(?: \[optional\])?+:?\**:? *[\[`]*" + _NAME + r"\b(?! Information)"
        ),
    ),
    Shape("for the `", re.compile(r"for the `" + _NAME + "` model")),
    Shape("adaption weights for", re.compile(r"weights for " + _NAME)),
    Shape("derived from", re.compile(r"from \[?([\w.-]{2,96}/[\w.-]{2,96})")),
)
_DATASET = (
    Shape(
        "fine-tuned version of",
        re.compile(r"version of .{0,300}? on (?:the |an? )?(.{2,80}?) dataset"),
    ),
    Shape("trained on the [", re.compile(r"trained on the \[([^\]\n]{2,80})\]")),
    Shape("trained on the", re.compile(r"trained on the ([\w./-]{2,60}) dataset")),
    Shape(
        "tuning it on ",
        re.compile(r"tuning it on (?:the |an? )?([\w./-]+(?: [\w./-]+){0,3}) data ?set"),
    ),
)
#: How far into a card such a sentence begins, and how far it reaches, in characters.
_HEAD = 6_000
_LENGTH = 500
#: What a template says where it knows nothing.
_NOTHING = frozenset({"none", "unknown", "an unknown", "null", "more", "model"})


def bases(text: str) -> Iterator[str]:
    """The names of base models that the head of a card states."""
    return _stated(text, _BASE)


def datasets(text: str) -> Iterator[str]:
    """The names of datasets that the head of a card says it was trained on."""
    return _stated(text, _DATASET)


def _stated(text: str, shapes: tuple[Shape, ...]) -> Iterator[str]:
    for literal, pattern in shapes:
        at = text.find(literal, 0, _HEAD)
        if at >= 0 and (match := pattern.search(text, at, at + _LENGTH)):
            name = match[1].strip("[]`*. ")
            if name.lower() not in _NOTHING:
                yield name
