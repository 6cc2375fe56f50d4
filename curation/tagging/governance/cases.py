"""Annotated models, heard and decided, and what of them is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curation.records import GOLD, Tags
from curation.tagging.governance.gold import Gold, said
from curation.tagging.score import by_rule
from curation.tagging.tagger import Decided, Heard

#: What the guide writes for a scope that nothing tells.
_UNTOLD = {"unknown"}


class Case(NamedTuple):
    """One annotated model."""

    gold: Gold
    heard: Heard
    decided: Decided

    @property
    def id(self) -> str:
        """The model's id."""
        return self.gold.id


class Vote(NamedTuple):
    """What the rules say of one value of one facet: each one's share of its log-odds."""

    facet: str
    value: str
    by_rule: dict[str, float]


def votes(decided: Decided) -> Iterator[Vote]:
    """All votes on one model; those on ``mark`` are notes of rules to others."""
    for facet, values in decided.marks().items():
        for value, marks in values.items():
            yield Vote(facet, value, by_rule(marks))


def values(tags: Tags) -> dict[str, set[str]]:
    """The values of every facet that gold files annotate."""
    return {name: {tag.value for tag in getattr(tags, name).values} for name in GOLD}


def wrong(found: dict[str, set[str]], gold: Gold) -> set[str]:
    """The facets on which ``found`` and ``gold`` differ, disputed ones left out."""
    scored = set(GOLD).difference(gold.disputed)
    return {name for name in scored if found[name] != said(getattr(gold, name)) - _UNTOLD}
