"""What a release changes beside the one before, and the version that it must have for that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from curation.errors import UsageError
from curation.model import Model
from curation.records import GOLD

Level = Literal["major", "minor", "patch", "none"]
#: What moves every day and is no change.
_COUNTS = frozenset({"downloads", "likes", "read_at"})
_TAGS = frozenset({*GOLD, "specialization", "size_tier", "aliases"})


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Ids by what happened to them; ``lost`` are gone without an alias or a tombstone."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: dict[str, str]
    lost: tuple[str, ...]
    tags: dict[str, tuple[str, ...]]
    facts: dict[str, tuple[str, ...]]
    level: Level


def compare(old: Mapping[str, Model], new: Mapping[str, Model], buried: Iterable[str]) -> Changes:
    """What ``new`` changes; ``buried`` are the ids that have a tombstone.

    A lost id is a breaking change; models and tags make a minor version, facts a patch.
    """
    gone = [model_id for model_id in old if model_id not in set(new)]
    aliases = {alias: one.id for one in new.values() for alias in one.aliases}
    buried = set(buried)
    both = [model_id for model_id in new if model_id in set(old)]
    moved = {model_id: _fields(old[model_id], new[model_id]) for model_id in both}
    tags = {i: t for i, names in moved.items() if (t := tuple(n for n in names if n in _TAGS))}
    facts = {i: t for i, names in moved.items() if (t := tuple(n for n in names if n not in _TAGS))}
    added = tuple(i for i in new if i not in set(old) and not _was(new[i], old))
    lost = tuple(i for i in gone if i not in aliases and i not in buried)
    return Changes(
        added=added,
        removed=tuple(i for i in gone if i in buried and i not in aliases),
        renamed={i: aliases[i] for i in gone if i in aliases},
        lost=lost,
        tags=tags,
        facts=facts,
        level=_level(lost, (added, gone, tags), facts),
    )


def _was(model: Model, old: Mapping[str, Model]) -> bool:
    return any(alias in set(old) for alias in model.aliases)


def _fields(old: Model, new: Model) -> list[str]:
    names = (name for name in new.__struct_fields__ if name not in _COUNTS | {"confidence"})
    return [name for name in names if getattr(old, name) != getattr(new, name)]


def _level(lost: object, moved: tuple[object, ...], facts: object) -> Level:
    if lost:
        return "major"
    if any(moved):
        return "minor"
    return "patch" if facts else "none"


def following(version: str, level: Level) -> str:
    """The version after ``version`` (``1.4.2``) for a change of ``level``.

    Raises UsageError if it is no version.
    """
    try:
        major, minor, patch = map(int, version.split("."))
    except ValueError as error:
        raise UsageError(f"no version: {version[:40]!a}", hint="write it as 1.4.2") from error
    after = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0)}
    numbers = after.get(level, (major, minor, patch + (level == "patch")))
    return ".".join(map(str, numbers))
