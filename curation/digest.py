"""What changed between two states of a catalog, told once for every format.

The shape of ``curate diff --json``; text, Markdown and HTML are made from the same values.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from curation.records import ChangeKind, Event, Origin, State

DIGEST_VERSION = 1

Risk = Literal[
    "removed",
    "scope",
    "terms",
    "doubt",
    "decision",
    "rules",
    "ledger",
    "renamed",
    "added",
    "tag",
    "fact",
    "routine",
]


class _Frozen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Reason(_Frozen, frozen=True, kw_only=True):
    """One piece of evidence for or against ``value``, which was ``chosen`` or not.

    ``only`` says that it stands on this side of the change and not on the other. ``weight`` is in
    log-odds.
    """

    value: str
    chosen: bool
    only: bool
    rule: str
    signal: str
    term: str
    line: int | None
    weight: float


class Standing(_Frozen, frozen=True, kw_only=True):
    """How a facet stood on one side; ``confidence`` is the least of its values."""

    state: State
    origin: Origin
    confidence: float | None
    review: bool
    reasons: tuple[Reason, ...]


class Correction(_Frozen, frozen=True, kw_only=True):
    """The value of a fact that a person decided; null if that none is stated."""

    value: Any


class Item(_Frozen, frozen=True, kw_only=True):
    """One change.

    ``old`` and ``new`` are plain values, null where nothing is stated: of a facet the list of its
    values, of a model that came or went a few words on what it is, of a rule the fields that
    differ. ``was`` and ``now`` tell how a facet stood. ``correction`` is what a person put in the
    place of a fact that the Hub changed. ``reason`` and ``by`` are a person's; ``moved`` counts
    the models and tags that a rule or a pin moved.
    """

    kind: ChangeKind
    id: str
    field: str | None = None
    event: Event | None = None
    cause: str | None = None
    old: Any = None
    new: Any = None
    was: Standing | None = None
    now: Standing | None = None
    correction: Correction | None = None
    reason: str | None = None
    by: str | None = None
    moved: dict[Literal["models", "tags"], int] | None = None


class Group(_Frozen, frozen=True, kw_only=True):
    """Changes of one cause to one ``field``, and what all of them did with ``value``.

    It is what they moved ``to`` (or ``unknown``, ``conflicting``), what they took ``off``, or what
    they left ``unsure``. Facets that follow from others are of one group for all values.
    """

    cause: str | None
    field: str | None
    move: Literal["to", "off", "unsure"] | None
    value: str | None
    count: int
    models: int
    items: tuple[Item, ...]


class Section(_Frozen, frozen=True, kw_only=True):
    """All changes of one risk; ``models`` counts the models that they are on."""

    risk: Risk
    title: str
    count: int
    models: int
    groups: tuple[Group, ...]


class Digest(_Frozen, frozen=True, kw_only=True):
    """What changed from ``base`` to ``head``, the riskiest first.

    ``notes`` say what could not be compared.
    """

    schema_version: int = DIGEST_VERSION
    base: str
    head: str
    count: int
    models: int
    only_popularity: bool
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
