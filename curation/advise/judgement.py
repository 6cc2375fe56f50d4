"""What speaks for and against a model, and how values are called before people."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from curation import languages
from curation.vocabulary import load


class Lack(msgspec.Struct, frozen=True):
    """Why a model does not fit. ``weight`` says how far off it is: 1 is another thing.

    ``tellable`` is a lack that a general model may make up for by being told what to do.
    """

    text: str
    weight: float
    tellable: bool = False


class Judgement(msgspec.Struct, frozen=True):
    """One view of a model. Points are comparable within one need only; see docs/advice.md."""

    points: float = 0.0
    why: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()

    def __add__(self, other: Judgement) -> Judgement:
        return Judgement(
            self.points + other.points,
            self.why + other.why,
            self.warnings + other.warnings,
            self.lacks + other.lacks,
        )


NOTHING = Judgement()
#: Values with a proper name.
_PROPER = frozenset({"apple", "aws-neuron", "habana", "intel"})


def because(points: float, text: str) -> Judgement:
    """Something that speaks for the model."""
    return Judgement(points, why=(text,))


def warn(points: float, text: str) -> Judgement:
    """Something that the asker must know; ``points`` are what it costs."""
    return Judgement(-points, warnings=(text,))


def lack(weight: float, text: str) -> Judgement:
    """Something for which the model does not fit."""
    return Judgement(lacks=(Lack(text, weight),))


def label(facet: str, slug: str) -> str:
    """How a value of a vocabulary is called in a sentence."""
    value = load(facet).values.get(slug)
    if value is None or slug in _PROPER:
        return value.label if value else slug
    return re.sub(r"\b[A-Z](?=[a-z])", lambda found: found[0].lower(), value.label)


def labels(facet: str, slugs: Iterable[str]) -> str:
    """``label`` for several."""
    return spoken([label(facet, slug) for slug in slugs])


def tongues(codes: Iterable[str]) -> str:
    """The English names of languages."""
    return spoken([languages.english_name(code) for code in codes])


def spoken(items: list[str]) -> str:
    """``a, b and c``."""
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1] if items else "")))
