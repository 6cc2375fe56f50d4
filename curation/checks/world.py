"""The catalog as a whole, as the checks across its files see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from curation.checks.seen import Row, Seen
from curation.records import Override, Record
from curation.store.ledgers import Rejections, Tombstones, Waivers
from curation.store.popularity import Popularity
from curation.store.settings import Settings


class World(NamedTuple):
    """All files, each as far as it could be read.

    ``records`` are the rows by the id that their path says, ``ids`` also of those that could not be
    read. ``gone`` are the ids that the last commit had. ``packs`` is the hash of the rules in use,
    None if it is not known. ``today`` is an ISO date. ``record`` reads one record whole, ``None``
    where it cannot.
    """

    ids: frozenset[str]
    records: Mapping[str, Row]
    overrides: Mapping[str, Override]
    settings: Settings | None
    tombstones: Tombstones
    rejections: Rejections
    waivers: Waivers
    popularity: Mapping[str, Popularity]
    gone: frozenset[str]
    packs: str | None
    today: str
    record: Callable[[str], Record | None]


def world(
    seen: Mapping[str, Seen],
    *,
    gone: frozenset[str],
    packs: str | None,
    today: str,
    record: Callable[[str], Record | None],
) -> World:
    """What the files make together; ``seen`` is by path."""
    paths = [path for path in seen if path.startswith("models/") and path.endswith(".json")]
    ids = {_id(path): seen[path] for path in paths}
    overrides = {_id(path): one.override for path, one in seen.items() if one.override}
    nothing = Seen("")
    return World(
        ids=frozenset(ids),
        records={name: one.record for name, one in ids.items() if one.record},
        overrides=overrides,
        settings=seen.get("catalog.toml", nothing).settings,
        tombstones=seen.get("tombstones.toml", nothing).tombstones or Tombstones(),
        rejections=seen.get("rejections.toml", nothing).rejections or Rejections(),
        waivers=seen.get("waivers.toml", nothing).waivers or Waivers(),
        popularity=seen.get("popularity.csv", nothing).popularity or {},
        gone=gone,
        packs=packs,
        today=today,
        record=record,
    )


def _id(path: str) -> str:
    return path.partition("/")[2].rpartition(".")[0]
