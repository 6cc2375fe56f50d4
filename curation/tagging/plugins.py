"""Taggers written in Python: what a rule cannot express, under the same contract of evidence.

A distribution offers one as an entry point of the group ``curation.taggers``; a catalog uses it
if its ``catalog.toml`` names it, never because it happens to be installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import NamedTuple

from curation.cards import Card
from curation.errors import InputError
from curation.records import Facts
from curation.tagging.marks import Mark, Target
from curation.tagging.signals import Line

GROUP = "curation.taggers"


class Model(NamedTuple):
    """What a tagger sees of a model; ``lines`` are its one-line signals, (place, text)."""

    id: str
    facts: Facts
    card: Card | None
    lines: list[Line]


#: Gives ``((facet, value), mark)`` for each thing that it finds; see ``marks.mark``. It must depend
#: on nothing but the model.
PythonTagger = Callable[[Model], Iterable[tuple[Target, Mark]]]


def load(names: Iterable[str]) -> tuple[PythonTagger, ...]:
    """The taggers of these names. Raises InputError for one that is not installed."""
    return tuple(_find(name).load() for name in names)


def versions(names: Iterable[str]) -> dict[str, str]:
    """Each name with the version of the distribution that brings it."""
    found = ((name, _find(name).dist) for name in names)
    return {name: dist.version if dist else "" for name, dist in found}


def _find(name: str) -> EntryPoint:
    for point in entry_points(group=GROUP, name=name):
        return point
    raise InputError(
        f"no tagger called {name!r} is installed", hint="install what brings it, or unname it"
    )
