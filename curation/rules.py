"""Rules and packs: what the taggers know, as data.

A rule looks at some *places* of a model (its name, a Hub tag, the title of its card, ...) for some
*terms*, and each hit supports one or more ``facet:value`` targets by the weight of its place, in
log-odds; a negative weight opposes. Terms are matched in any case, as whole words, with ``-`` and
``_`` read as spaces; ``^`` and ``$`` anchor a term to the start and end of a one-line signal, ``*``
at either end lets the word go on there.
"""

from __future__ import annotations

import msgspec

#: One-line signals: parts of the id, what the Hub or the front matter declares, and ``decided``,
#: the task and subtask that the rules for these have come to, for the rules of all other facets.
#: ``card`` is "introduced" where the card has words of its own on what the model is.
#: ``camel`` is the name split where capitals begin; what looks at ``name`` looks there too.
LINE_PLACES = (
    "org",
    "name",
    "camel",
    "tag",
    "task",
    "library",
    "license",
    "language",
    "dataset",
    "base",
    "architecture",
    "file",
    "card",
    "decided",
)
#: Places in the card's body. ``lead`` is the first paragraph, ``intro`` the rest above the second
#: heading; ``training`` to ``related`` are prose and lists of sections whose heading says so.
TEXT_PLACES = (
    "title",
    "lead",
    "intro",
    "heading",
    "prose",
    "training",
    "evaluation",
    "usage",
    "limits",
    "related",
    "list",
    "table",
    "code",
    "quote",
    "citation",
    "link",
    "void",
)
PLACES = (*LINE_PLACES, *TEXT_PLACES)


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One declarative statement.

    Either ``supports`` with ``terms``, or ``map`` from term to targets, or ``source``, a table
    of the vocabularies that yields such a map. ``places`` is the name of a profile of the pack,
    or weights by place. ``when`` asks for one, ``unless`` for none of other hits, each written
    ``place: term``; ``place: term & place: term`` in ``when`` asks for both; ``@name`` stands for
    all of the pack's ``conditions`` of that name. Rules that name the
    same ``witness`` are one source of evidence, not several. ``accepts`` and ``rejects`` are
    models in short, ``place: text | place: text``.
    """

    id: str
    why: str
    places: str | dict[str, float]
    supports: str | tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    map: dict[str, str | tuple[str, ...]] = {}
    source: str | None = None
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    witness: str | None = None
    accepts: tuple[str, ...]
    rejects: tuple[str, ...]


class Pack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of rules that is versioned and pinned as one.

    ``about`` says what it knows, ``sources`` from where. A catalog's own pack may ``disable``
    stock rules by id; a rule of its own with the id of a stock rule takes that one's place.
    ``conditions`` names lists of conditions that several rules share.
    """

    name: str
    version: str
    about: str
    sources: str = ""
    disable: tuple[str, ...] = ()
    profiles: dict[str, dict[str, float]] = {}
    conditions: dict[str, tuple[str, ...]] = {}
    rule: tuple[Rule, ...] = ()


class KeptRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule as an archive keeps it: with the ``table`` that its ``source`` was."""

    table: dict[str, str] = {}


class KeptPack(Pack, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pack as an archive keeps it: needs no vocabulary, and hashes as it did in its day."""

    rule: tuple[KeptRule, ...] = ()
