"""Marks: what a rule says where one of its terms stands."""

from __future__ import annotations

from typing import NamedTuple

from curation.records import Evidence
from curation.tagging.normal import END, START

#: A facet and one of its values.
Target = tuple[str, str]
#: A place, and the pattern of a term that stands there.
Feature = tuple[str, str]
#: Where each term was first seen at each place: an offset into the card, -1 in a one-line signal.
Found = dict[Feature, int]


class Mark(NamedTuple):
    """One thing that one rule says, for or against a value; made once and shared by all models.

    ``evidence`` is as a record holds it, but for the card line, which only a model gives it. Marks
    of one ``witness`` are not independent of each other.
    """

    witness: str
    rule: str
    weight: float
    feature: Feature
    evidence: Evidence


Marks = dict[Target, list[Mark]]


def mark(rule: str, weight: float, place: str, term: str, witness: str | None = None) -> Mark:
    """What ``rule`` says of ``term`` (a pattern, or any text) at ``place``."""
    shown = term.strip(START + END)
    evidence = Evidence(rule=rule, signal=place, term=shown, weight=weight)
    return Mark(witness or rule, rule, weight, (place, term), evidence)
