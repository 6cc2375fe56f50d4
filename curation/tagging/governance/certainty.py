"""Whether probabilities mean what they say.

The expected calibration error is how far the mean probability of values lies from the share of
them that is right, averaged over ten bins of equal width, each weighing as many values as it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from curation.records import GOLD, INFERRED
from curation.tagging.governance.gold import Gold, said

_BINS = 10
#: All inferred facets taken together.
ALL = "all"


class Guess(NamedTuple):
    """A value that was given: its probability, whether it is marked for review, and right."""

    confidence: float
    review: bool
    right: bool


class Certainty(msgspec.Struct, frozen=True):
    """Of ``n`` values given: calibration error, and the ``precision`` of those accepted unseen.

    ``coverage`` is their share, what is marked for review being the rest.
    """

    n: int
    ece: float | None
    precision: float | None
    coverage: float | None


def measure(pairs: Iterable[tuple[Gold, Mapping[str, Any]]]) -> dict[str, Certainty]:
    """The certainty of every facet, and of ``all`` inferred ones, over gold lines and rows."""
    guesses: dict[str, list[Guess]] = {name: [] for name in GOLD}
    for gold, row in pairs:
        for facet in GOLD:
            if facet not in gold.disputed:
                guesses[facet] += _guesses(facet, gold, row)
    guesses[ALL] = [guess for facet in INFERRED for guess in guesses[facet]]
    return {facet: certainty(found) for facet, found in guesses.items()}


def _guesses(facet: str, gold: Gold, row: Mapping[str, Any]) -> Iterable[Guess]:
    wanted = said(getattr(gold, facet))
    for value, confidence in row["confidence"][facet].items():
        yield Guess(confidence, f"{facet}:{value}" in row["review"], value in wanted)


def certainty(guesses: list[Guess]) -> Certainty:
    """The certainty of some guesses; what cannot be computed is null."""
    accepted = [guess for guess in guesses if not guess.review]
    return Certainty(
        n=len(guesses),
        ece=_rounded(ece(guesses)),
        precision=_rounded(_share(accepted)),
        coverage=_rounded(len(accepted) / len(guesses)) if guesses else None,
    )


def ece(guesses: list[Guess]) -> float | None:
    """The expected calibration error of some guesses, null if there are none."""
    bins: dict[int, list[Guess]] = defaultdict(list)
    for guess in guesses:
        bins[min(int(guess.confidence * _BINS), _BINS - 1)].append(guess)
    off = sum(abs(sum(g.confidence - g.right for g in held)) for held in bins.values())
    return off / len(guesses) if guesses else None


def _share(guesses: list[Guess]) -> float | None:
    return sum(guess.right for guess in guesses) / len(guesses) if guesses else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
