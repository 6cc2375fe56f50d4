"""What one look at a file tells: the findings on it, and what other files are held against.

It follows from the file's path and bytes alone, so it can be kept (see ``index``).
"""

from __future__ import annotations

import msgspec

from curation.records import Finding, Override, Record
from curation.store.ledgers import Rejections, Tombstones, Waivers
from curation.store.popularity import Popularity
from curation.store.settings import Settings


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What a record tells about itself to the checks across records."""

    aliases: tuple[str, ...]
    bases: tuple[str, ...]
    license: str | None
    category: str | None
    revision: str | None
    read_at: str | None
    gated: bool
    private: bool
    packs: str | None
    override: str | None
    card: bool


class Seen(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One look at one file; ``key`` names the bytes that were seen, as git does.

    Of the rest, what the file's kind says is set, unless the file could not be read as its kind.
    """

    key: str
    findings: tuple[Finding, ...] = ()
    record: Row | None = None
    override: Override | None = None
    settings: Settings | None = None
    tombstones: Tombstones | None = None
    rejections: Rejections | None = None
    waivers: Waivers | None = None
    popularity: dict[str, Popularity] | None = None


def category(licence: str) -> str:
    """The category of a licence, ``unknown`` for what is none."""
    if licence in ("mit", "apache-2.0"):  # most of them; the others take a table
        return "permissive"
    from curation import licences

    return licences.normalize(licence).category


def row(record: Record) -> Row:
    """The row of a record."""
    facts, inputs = record.facts, record.inputs
    return Row(
        aliases=record.aliases,
        bases=tuple(base.id for base in facts.base_models),
        license=facts.license,
        category=category(facts.license) if facts.license else None,
        revision=facts.revision,
        read_at=facts.read_at,
        gated=bool(facts.gated),
        private=bool(facts.private),
        packs=inputs.packs,
        override=inputs.override,
        card=inputs.card is not None,
    )
