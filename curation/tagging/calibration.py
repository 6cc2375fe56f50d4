"""How log-odds become probabilities and decisions: ``packs/calibration.toml``.

``curate rules fit`` writes ``bias``, ``slope``, ``accept`` and the factors; the rest is by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from curation import packs, roots
from curation.errors import InputError
from curation.records import INFERRED
from curation.rules import Pack
from curation.tagging.score import probability

FILE = roots.PACKS / "calibration.toml"


class Calibration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The decisions of one facet.

    A value's probability is ``logistic(slope * (log-odds - bias))``; it is chosen above one half.
    ``gap`` drops values that far below the best one, in log-odds, where more than ``enough`` does
    not raise the bar further. Evidence of at least ``strong`` on
    both sides is a conflict unless one side leads by ``margin``. A chosen value below ``accept``
    is marked for review. Of two ``exclusive`` values only the better one is chosen.
    """

    bias: float
    slope: float
    gap: float
    enough: float = 100.0
    strong: float
    margin: float
    accept: float
    exclusive: tuple[tuple[str, str], ...] = ()

    def confidence(self, log_odds: float) -> float:
        """The probability of a value, rounded to three places so that records stay short."""
        return round(probability(self.slope * (log_odds - self.bias)), 3)


class Fitted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was learnt from annotated models.

    ``version`` is what a catalog pins, like that of a pack. ``facets`` holds the calibration of
    every inferred facet; ``factors`` what the weights of a rule are multiplied by, for the rules
    whose word turned out to count for more or less.
    ``general`` is the probability that a model is general where nothing at all narrows it.
    """

    version: str
    general: float = 1.0
    facets: dict[str, Calibration]
    factors: dict[str, float] = {}


@cache
def load(path: Path = FILE) -> Fitted:
    """The shipped calibration, or that of ``path``. Raises InputError if the file is broken."""
    try:
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def pinned(pins: Mapping[str, str]) -> Fitted:
    """The calibration at the version that ``pins`` names, today's if they name none.

    Raises InputError for a version that this tool does not bring.
    """
    fitted = load()
    version = pins.get(packs.CALIBRATION, fitted.version)
    if version == fitted.version:
        return fitted
    older = packs.kept(packs.CALIBRATION, version)
    if older is not None:
        return msgspec.json.decode(older.read_bytes(), type=Fitted)
    raise packs.lacks(packs.CALIBRATION, version, fitted.version)


def of_stock(fitted: Fitted, own: Iterable[Pack]) -> Fitted:
    """``fitted`` without the factors of stock rules whose place a rule of ``own`` packs takes."""
    taken = {rule.id for pack in own for rule in pack.rule}
    factors = {rule: factor for rule, factor in fitted.factors.items() if rule not in taken}
    return msgspec.structs.replace(fitted, factors=factors)


def decode(raw: bytes, where: str) -> Fitted:
    """The content of a calibration file. Raises InputError naming ``where`` if it is none."""
    try:
        found = msgspec.toml.decode(raw, type=Fitted)
    except (msgspec.MsgspecError, ValueError) as error:
        raise InputError(f"{where}: not a calibration: {error}") from error
    if missing := set(INFERRED) - set(found.facets):
        raise InputError(f"{where}: no calibration of {', '.join(sorted(missing))}")
    return found
