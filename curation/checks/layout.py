"""Which file of a catalog is of which kind."""

from __future__ import annotations

from typing import NamedTuple


class Room(NamedTuple):
    """A folder of the catalog: the kind of its files, their suffix, and if ids name them."""

    kind: str
    suffix: str
    by_id: bool


FILES = {
    "catalog.toml": "catalog",
    "popularity.csv": "popularity",
    "rejections.toml": "rejections",
    "tombstones.toml": "tombstones",
    "waivers.toml": "waivers",
}
ROOMS = {
    "models": Room("record", ".json", by_id=True),
    "overrides": Room("override", ".toml", by_id=True),
    "rules": Room("pack", ".toml", by_id=False),
}


def room_of(path: str) -> tuple[Room, str] | None:
    """The room that ``path`` lies in, and its path there; None for what lies in none."""
    folder, _, rest = path.partition("/")
    return (ROOMS[folder], rest) if rest and folder in ROOMS else None


def kind_of(path: str) -> str | None:
    """The kind of the file at ``path``, or None if nothing of ours belongs there."""
    found = room_of(path)
    if not found:
        return FILES.get(path)
    room, name = found
    return room.kind if name.endswith(room.suffix) and (room.by_id or "/" not in name) else None
