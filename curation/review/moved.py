"""How many tags each rule, and each pin, has moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from curation import packs
from curation.errors import InputError
from curation.records import Change, FacetTags
from curation.review.items import Moved
from curation.review.risk import Risk, risk_of
from curation.review.state import State


def count(found: Iterable[Change], old: State, new: State) -> dict[str, Moved]:
    """By the id of a rule or the name of a pinned pack: the models and tags that it moved.

    A pack has moved what its rules moved; a tag that moved with no rule saying anything else is
    laid to the calibration.
    """
    pack_of = _pack_of(old, new)
    models: defaultdict[str, set[str]] = defaultdict(set)
    tags: defaultdict[str, int] = defaultdict(int)
    for change in found:
        if not isinstance(change.new, FacetTags) or risk_of(change) is Risk.ROUTINE:
            continue
        for name in {change.cause or "", pack_of.get(change.cause or "", "")} - {""}:
            models[name].add(change.id)
            tags[name] += 1
    return {name: {"models": len(models[name]), "tags": tags[name]} for name in tags}


def _pack_of(old: State, new: State) -> dict[str, str]:
    """Rule id: the pack, of those whose pins moved, that has it on either side."""
    was = old.settings.packs if old.settings else {}
    now = new.settings.packs if new.settings else {}
    moved = {name for name in {*was, *now} if was.get(name) != now.get(name)}
    found = {rule: name for pins in (was, now) for name in moved for rule in _rules(name, pins)}
    return {**found, "packs": packs.CALIBRATION} if packs.CALIBRATION in moved else found


def _rules(name: str, pins: Mapping[str, str]) -> list[str]:
    """The rules of a pack as it is pinned; none if this tool does not bring it."""
    if name not in pins or name == packs.CALIBRATION:
        return []
    try:
        (pack,) = packs.pinned({name: pins[name]})
    except InputError:
        return []
    return [rule.id for rule in pack.rule]
