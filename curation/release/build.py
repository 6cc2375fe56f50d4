"""A release: all its files, as bytes; the same catalog and version give the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from curation import __version__, canonical
from curation.errors import UsageError
from curation.model import Model
from curation.release import sums, tables
from curation.release.projection import project
from curation.store import atomic
from curation.store.catalog import Catalog


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """What a release was made from; ``commit`` is null outside of a git repository."""

    catalog: str
    version: str
    commit: str | None
    tool: str = __version__
    packs: dict[str, str]
    sources: dict[str, int]
    unsynced: tuple[str, ...]


def models(catalog: Catalog) -> list[Model]:
    """What a release of ``catalog`` holds, by id. Raises InputError for a file that is broken."""
    counts = catalog.popularity()
    records = sorted(catalog.records(), key=lambda record: record.id)
    return [project(one, catalog.override(one.id), counts.get(one.id)) for one in records]


def provenance(
    catalog: Catalog, version: str, held: Iterable[Model], commit: str | None
) -> Provenance:
    """Where a release comes from; ``sources`` counts models by the source of their facts."""
    held = list(held)
    sources = Counter(one.source or "unknown" for one in held)
    return Provenance(
        catalog=catalog.settings.name,
        version=version,
        commit=commit,
        packs=dict(catalog.settings.packs),
        sources=dict(sources),
        unsynced=tuple(one.id for one in held if one.revision is None),
    )


def files(version: str, held: list[Model], origin: Provenance) -> dict[str, bytes]:
    """Path: content of every file of a release, ``SHA256SUMS`` among them."""
    found = {
        "catalog.json": tables.as_json(version, held),
        "catalog.jsonl": tables.as_lines(version, held),
        "catalog.parquet": tables.as_parquet(held),
        "catalog.sqlite": tables.as_sqlite(version, held),
        "provenance.json": canonical.dumps(origin).encode(),
    }
    return found | {sums.NAME: sums.write(found)}


def write(folder: Path, content: Mapping[str, bytes]) -> None:
    """Write a release. Raises UsageError if ``folder`` holds another: releases never change."""
    old = folder / sums.NAME
    if old.is_file() and old.read_bytes() != content[sums.NAME]:
        raise UsageError(
            f"{folder} holds another release of this version",
            hint="raise the version in catalog.toml",
        )
    for path, data in content.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(target, data)
