"""A release: all its files, as bytes; the same catalog and version give the same bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from curation import canonical, roots
from curation.errors import UsageError
from curation.model import Model, Tombstone
from curation.published import Changes, LeftOut, Origin, Provenance
from curation.records import FACETS, State
from curation.release import advisor, changelog, database, sums, tables
from curation.release.projection import project
from curation.store import atomic, rejections
from curation.store.catalog import Catalog
from curation.store.git import Commit
from curation.store.settings import Settings

#: The schemas of a release's own files, as ``schemas/NAME.schema.json``.
SCHEMAS = ("advisor", "changes", "left-out", "provenance", "release")


def models(catalog: Catalog) -> list[Model]:
    """What a release of ``catalog`` holds, by id. Raises InputError for a file that is broken."""
    counts = catalog.popularity()
    records = sorted(catalog.records(), key=lambda record: record.id)
    return [project(one, catalog.override(one.id), counts.get(one.id)) for one in records]


def tombstones(catalog: Catalog) -> list[Tombstone]:
    """The models that left ``catalog``, by id. Raises InputError for a file that is broken."""
    graves = sorted(rejections.tombstones(catalog.root), key=lambda grave: grave.id)
    return [msgspec.convert(msgspec.structs.asdict(grave), Tombstone) for grave in graves]


def provenance(settings: Settings, held: Sequence[Model], commit: Commit | None) -> Provenance:
    """Where a release comes from: the catalog of these settings, at ``commit``."""
    by_source: defaultdict[str, list[str | None]] = defaultdict(list)
    for one in held:
        by_source[one.source or "unknown"].append(one.read_at)
    return Provenance(
        catalog=settings.name,
        version=settings.version,
        commit=commit.id if commit else None,
        committed=commit.date if commit else None,
        packs=dict(settings.packs),
        sources={name: _origin(times) for name, times in by_source.items()},
        revisions={one.id: one.revision for one in held if one.revision},
        unsynced=tuple(one.id for one in held if one.revision is None),
    )


def _origin(times: list[str | None]) -> Origin:
    read = sorted(time for time in times if time)
    return Origin(
        models=len(times),
        first_read=read[0] if read else None,
        last_read=read[-1] if read else None,
    )


def files(
    held: list[Model],
    origin: Provenance,
    changes: Changes,
    gone: Sequence[Tombstone] = (),
) -> dict[str, bytes]:
    """Path: content of every file of a release, ``SHA256SUMS`` among them."""
    version = origin.version
    found = {
        "CHANGES.md": changelog.text(version, changes).encode(),
        "catalog.json": tables.as_json(version, held, gone),
        "catalog.jsonl": tables.as_lines(held),
        "catalog.parquet": tables.as_parquet(held),
        "catalog.sqlite": database.as_sqlite(version, held, gone),
        "changes.json": canonical.dumps(changes).encode(),
        "provenance.json": canonical.dumps(origin).encode(),
        **advisor.files(held, origin.committed),
        **{f"schemas/{name}": data for name, data in schemas().items()},
    }
    return found | {sums.NAME: sums.write(found)}


def schemas() -> dict[str, bytes]:
    """File name: the JSON Schema of each of a release's JSON files."""
    names = [f"{name}.schema.json" for name in SCHEMAS]
    return {name: (roots.schemas() / name).read_bytes() for name in names}


def counts(held: Sequence[Model]) -> dict[str, dict[State, int]]:
    """Facet: of how many models it is known, unknown, and conflicting."""
    states: tuple[State, ...] = ("known", "unknown", "conflicting")
    found = {facet: dict.fromkeys(states, 0) for facet in FACETS}
    for model in held:
        for facet, told in found.items():
            told[model.states.get(facet, "known")] += 1
    return found


def left_out(content: Mapping[str, bytes]) -> int:
    """How many models are not in the export for AI Model Advisor."""
    return len(msgspec.json.decode(content["advisor/left-out.json"], type=LeftOut).left_out)


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
