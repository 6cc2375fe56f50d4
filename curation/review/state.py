"""What two states of a catalog hold, read only where their files differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

import msgspec

from curation import ids, packs
from curation.errors import InputError
from curation.records import Override, Record, Tags
from curation.review.sides import RULES, TOMBSTONES, WAIVERS, Side
from curation.rules import Pack
from curation.store import decisions, migrate, popularity, rejections, settings, toml
from curation.store.catalog import MODELS, OVERRIDE, OVERRIDES, RECORD
from curation.store.flaws import Flaw
from curation.store.ledgers import (
    Rejection,
    Rejections,
    Tombstone,
    Tombstones,
    Waiver,
    Waivers,
)
from curation.store.popularity import Popularity
from curation.store.settings import Settings

T = TypeVar("T")


class State(msgspec.Struct, frozen=True, kw_only=True):
    """One state of a catalog: of each kind of file, what differs from the other state.

    ``records`` and ``overrides`` are by id, and are there for a model of which either differs;
    ``packs`` are by path. ``inferred`` are the tags that models would have without decisions on
    these, where that is known. ``whole`` is false for a release, which holds models and nothing
    else.
    """

    name: str
    records: dict[str, Record] = {}
    overrides: dict[str, Override] = {}
    inferred: dict[str, Tags] = {}
    settings: Settings | None = None
    packs: dict[str, Pack] = {}
    tombstones: tuple[Tombstone, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    popularity: dict[str, Popularity] = {}
    whole: bool = True


def read(base: Side, head: Side) -> tuple[State, State]:
    """What differs between two sides. Raises InputError for a file that cannot be read."""
    old, new = base.listing(), head.listing()
    paths = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    paths |= {path for one in paths for path in _of_same_model(one)}
    return held(base, old, paths), held(head, new, paths)


def differing(base: Side, head: Side) -> tuple[dict[str, Record], dict[str, Record]]:
    """The records that are not the same bytes on both sides, by id.

    Those of older schema versions are lifted. Raises InputError for one that cannot be read.
    """
    old, new = base.listing(), head.listing()
    return _records(base, old, new), _records(head, new, old)


def held(side: Side, listed: Mapping[str, str], paths: Iterable[str]) -> State:
    """What ``side`` holds in those of ``paths`` that it lists. Raises InputError."""
    own = sorted(path for path in paths if path in listed)
    found: dict[str, dict[str, Any]] = {MODELS: {}, OVERRIDES: {}, RULES: {}}
    rest: dict[str, Any] = {}
    contents = side.read(own, [listed[path] for path in own])
    for path, data in zip(own, contents, strict=True):
        where = f"{path} ({side.name})"
        room, _, name = path.partition("/")
        if room in found and name.endswith(_SUFFIXES[room]) and not (room == RULES and "/" in name):
            key, value = _ROOMS[room](path, data, where)
            found[room][key] = value
        elif path in _FILES:
            field, decode = _FILES[path]
            rest[field] = decode(data, where)
    return State(
        name=side.name,
        records=found[MODELS],
        overrides=found[OVERRIDES],
        packs=found[RULES],
        **rest,
    )


def _of_same_model(path: str) -> tuple[str, ...]:
    """Record and override belong together: one says what the other means."""
    room, _, name = path.partition("/")
    if room == MODELS and name.endswith(RECORD):
        return (f"{OVERRIDES}/{name.removesuffix(RECORD)}{OVERRIDE}",)
    if room == OVERRIDES and name.endswith(OVERRIDE):
        return (f"{MODELS}/{name.removesuffix(OVERRIDE)}{RECORD}",)
    return ()


def _records(side: Side, own: Mapping[str, str], other: Mapping[str, str]) -> dict[str, Record]:
    rooms = (path for path in own if path.startswith(f"{MODELS}/") and path.endswith(RECORD))
    return held(side, own, (path for path in rooms if own[path] != other.get(path))).records


def _record(path: str, data: bytes, where: str) -> tuple[str, Record]:
    model_id = _id(path, MODELS, RECORD, where)
    return model_id, migrate.record(data, model_id, where)


def _override(path: str, data: bytes, where: str) -> tuple[str, Override]:
    return _id(path, OVERRIDES, OVERRIDE, where), decisions.decode(data, where)


def _pack(path: str, data: bytes, where: str) -> tuple[str, Pack]:
    return path, packs.decode(data, where)


def _id(path: str, room: str, suffix: str, where: str) -> str:
    try:
        return ids.from_path(PurePosixPath(path).relative_to(room), suffix)
    except InputError as error:
        raise InputError(f"{where}: {error}") from error


def _popularity(data: bytes, where: str) -> dict[str, Popularity]:
    try:
        return popularity.parse(data)
    except Flaw as error:
        raise InputError(error.at(where)) from error


def _toml(shape: type[T]) -> Callable[[bytes, str], T]:
    return lambda data, where: toml.decode(data, shape, where)


_SUFFIXES = {MODELS: RECORD, OVERRIDES: OVERRIDE, RULES: ".toml"}
_ROOMS: dict[str, Callable[[str, bytes, str], tuple[str, Any]]] = {
    MODELS: _record,
    OVERRIDES: _override,
    RULES: _pack,
}
_FILES: dict[str, tuple[str, Callable[[bytes, str], Any]]] = {
    popularity.FILE: ("popularity", _popularity),
    rejections.FILE: (
        "rejections",
        lambda data, where: toml.decode(data, Rejections, where).rejections,
    ),
    settings.FILE: ("settings", _toml(Settings)),
    TOMBSTONES: (
        "tombstones",
        lambda data, where: toml.decode(data, Tombstones, where).tombstones,
    ),
    WAIVERS: ("waivers", lambda data, where: toml.decode(data, Waivers, where).waivers),
}
