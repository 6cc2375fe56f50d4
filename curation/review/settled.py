"""What changed beside models and decisions: pins, rules, settings, ledgers, counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from curation.records import Change
from curation.review.state import State
from curation.rules import Pack, Rule
from curation.store.popularity import Popularity
from curation.store.settings import Settings

#: Fields of a pack of the catalog that bear on its rules.
_OF_PACKS = ("profiles", "conditions", "version")


def settled(old: State, new: State) -> Iterator[Change]:
    """Every difference that is of no model alone."""
    yield from _settings(old.settings, new.settings)
    yield from _rules(old.packs, new.packs)
    yield from _entries("tombstone", old.tombstones, new.tombstones)
    yield from _entries("waiver", old.waivers, new.waivers)
    yield from _entries("rejection", old.rejections, new.rejections)


def counts(old: State, new: State) -> Iterator[Change]:
    """Models whose counts differ, and those that got into trouble with the Hub or out of it.

    When a model was last looked at counts as its popularity.
    """
    for model_id in sorted(old.popularity.keys() | new.popularity.keys()):
        was = old.popularity.get(model_id, Popularity())
        now = new.popularity.get(model_id, Popularity())
        if was.trouble != now.trouble:
            yield Change(
                kind="fact", id=model_id, field="trouble", old=was.trouble, new=now.trouble
            )
        if msgspec.structs.replace(was, trouble=now.trouble) != now:
            yield Change(kind="popularity", id=model_id, field="popularity", old=was, new=now)


def _settings(old: Settings | None, new: Settings | None) -> Iterator[Change]:
    if old is None or new is None:  # the file is the same on both sides, or on one alone
        return
    was, now = _flat(msgspec.to_builtins(old)), _flat(msgspec.to_builtins(new))
    for key in sorted(was.keys() | now.keys()):
        if was.get(key) != now.get(key):
            pack = key.removeprefix("packs.")
            kind: Literal["pin", "setting"] = "setting" if pack == key else "pin"
            yield Change(kind=kind, id=pack, old=was.get(key), new=now.get(key))


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = value
    return found


def _rules(old: Mapping[str, Pack], new: Mapping[str, Pack]) -> Iterator[Change]:
    """Rules by id, wherever they stand; what a pack shares is told as the pack's."""
    was, now = _by_id(old), _by_id(new)
    for rule_id in sorted(was.keys() | now.keys()):
        if was.get(rule_id) != now.get(rule_id):
            yield Change(kind="rule", id=rule_id, old=was.get(rule_id), new=now.get(rule_id))
    off, still_off = _disabled(old), _disabled(new)
    for rule_id in sorted(off ^ still_off):
        yield Change(
            kind="rule", id=rule_id, field="disable", old=rule_id in off, new=rule_id in still_off
        )
    was_shared, shared = _shared(old), _shared(new)
    for name, field in sorted(was_shared.keys() | shared.keys()):
        one, other = was_shared.get((name, field)), shared.get((name, field))
        came_or_went = field == "version" and None in (one, other)  # its rules say so
        if one != other and not came_or_went:
            yield Change(kind="rule", id=name, field=field, old=one, new=other)


def _by_id(packs: Mapping[str, Pack]) -> dict[str, Rule]:
    return {rule.id: rule for pack in packs.values() for rule in pack.rule}


def _disabled(packs: Mapping[str, Pack]) -> set[str]:
    return {rule_id for pack in packs.values() for rule_id in pack.disable}


def _shared(packs: Mapping[str, Pack]) -> dict[tuple[str, str], Any]:
    """By pack and field: what bears on all its rules, where there is any."""
    fields = ((pack, field) for pack in packs.values() for field in _OF_PACKS)
    return {(pack.name, field): value for pack, field in fields if (value := getattr(pack, field))}


def _entries(
    kind: Literal["tombstone", "waiver", "rejection"],
    old: tuple[msgspec.Struct, ...],
    new: tuple[msgspec.Struct, ...],
) -> Iterator[Change]:
    """Entries that came and went; an edited one does both."""
    for gone in old:
        if gone not in new:
            yield Change(kind=kind, id=_name(gone), old=gone)
    for come in new:
        if come not in old:
            yield Change(kind=kind, id=_name(come), new=come)


def _name(entry: msgspec.Struct) -> str:
    return str(getattr(entry, "id", "") or getattr(entry, "path", ""))
