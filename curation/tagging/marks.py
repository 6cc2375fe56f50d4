"""Marks: what a rule says where one of its terms stands."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from curation.records import Evidence
from curation.tagging.normal import END, START

#: A facet and one of its values.
Target = tuple[str, str]
#: A place, and the pattern of a term that stands there: ``place: term``. One text and not a pair,
#: because a text keeps its hash and models look up little else.
Feature = str
#: Where each term was first seen at each place: an offset into the card, -1 in a one-line signal.
Found = dict[Feature, int]


def feature(place: str, term: str) -> Feature:
    """``term`` at ``place``; one and the same object each time, which is compared fastest."""
    return sys.intern(f"{place}: {term}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that one rule says, for or against a value; made once and shared by all models.

    ``evidence`` is as a record holds it, but for the card line, which only a model gives it. Marks
    of one ``witness`` are not independent of each other.
    """

    witness: str
    rule: str
    weight: float
    feature: Feature
    evidence: Evidence


def mark(rule: str, weight: float, place: str, term: str, witness: str | None = None) -> Mark:
    """What ``rule`` says of ``term`` (a pattern, or any text) at ``place``."""
    shown = term.strip(START + END)
    evidence = Evidence(rule=rule, signal=place, term=shown, weight=weight)
    return Mark(witness or rule, rule, weight, feature(place, term), evidence)


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A mark, and the value that it is for or against.

    Rules make theirs once, so statements are told apart by identity: what a list of them comes to
    can be remembered by the list itself.
    """

    facet: str
    value: str
    mark: Mark


@lru_cache(maxsize=65_536)
def statement(facet: str, value: str, said: Mark) -> Statement:
    """``said`` of ``value``: the same statement each time, for marks that are made for a model."""
    return Statement(facet, value, said)


def statements(pairs: Iterable[tuple[Target, Mark]]) -> list[Statement]:
    """Marks with their targets as statements."""
    return [statement(facet, value, said) for (facet, value), said in pairs]


#: Facet → what is said of it, in the order in which it was found.
Said = dict[str, list[Statement]]


def by_value(statements: list[Statement]) -> dict[str, list[Mark]]:
    """The marks on each value."""
    found: dict[str, list[Mark]] = {}
    for one in statements:
        found.setdefault(one.value, []).append(one.mark)
    return found
