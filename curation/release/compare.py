"""What a release changes beside the one before, and the version that it must have for that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from curation.errors import UsageError
from curation.model import Model
from curation.published import Changes, Level
from curation.records import FACETS

#: What moves every day and is no change.
_COUNTS = frozenset({"downloads", "likes", "read_at", "confidence"})
_TAGS = frozenset({*FACETS, "states", "aliases"})

Moved = dict[str, dict[str, tuple[Any, Any]]]


def compare(
    old: Mapping[str, Model],
    new: Mapping[str, Model],
    buried: Collection[str],
    *,
    previous: str | None = None,
    breaks: Iterable[str] = (),
    grown: Iterable[str] = (),
    before: Iterable[str] = (),
) -> Changes:
    """What ``new`` changes; ``buried`` are the ids that have a tombstone, ``before`` had one.

    ``previous`` is the version of ``old``, ``breaks`` what the schemas of ``new`` break for their
    readers. That, and a lost id, are major changes; models, tags, and where the schemas have
    ``grown`` make a minor one, facts a patch. An id is lost if nothing answers to it any more: no
    model, no alias, no tombstone.
    """
    aliases = {alias: one.id for one in new.values() for alias in one.aliases}
    gone = [model_id for model_id in old if model_id not in new]
    come = [i for i in new if i not in old and old.keys().isdisjoint(new[i].aliases)]
    answered = {*new, *aliases, *buried}
    # The other names of a model are buried with it.
    others = (alias for i, one in old.items() if i in new or i in aliases for alias in one.aliases)
    lost = tuple(i for i in dict.fromkeys((*gone, *others, *before)) if i not in answered)
    tags, facts = _moved(old, new, _TAGS), _moved(old, new, _facts())
    breaks, grown = tuple(breaks), tuple(grown)
    return Changes(
        previous=previous,
        level=_level((lost, breaks), (come, gone, tags, grown), facts),
        breaks=breaks,
        grown=grown,
        added=tuple(come),
        removed=tuple(i for i in gone if i in buried and i not in aliases),
        renamed={i: aliases[i] for i in gone if i in aliases},
        lost=lost,
        tags=tags,
        facts=facts,
    )


def first(new: Iterable[str]) -> Changes:
    """The changes of a first release: everything in it is new."""
    return Changes(
        level="major", added=tuple(new), removed=(), renamed={}, lost=(), tags={}, facts={}
    )


def _facts() -> frozenset[str]:
    return frozenset(Model.__struct_fields__) - _TAGS - _COUNTS


def _moved(old: Mapping[str, Model], new: Mapping[str, Model], names: Collection[str]) -> Moved:
    both = (model_id for model_id in new if model_id in old)
    found = {i: dict(_fields(old[i], new[i], names)) for i in both}
    return {model_id: fields for model_id, fields in found.items() if fields}


def _fields(
    old: Model, new: Model, names: Collection[str]
) -> Iterator[tuple[str, tuple[object, object]]]:
    for name in Model.__struct_fields__:
        if name in names and getattr(old, name) != getattr(new, name):
            yield name, (getattr(old, name), getattr(new, name))


def _level(broken: Iterable[object], moved: Iterable[object], facts: object) -> Level:
    if any(broken):
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
