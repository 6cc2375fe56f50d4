"""Which models change which tags between two versions of the packs, and which rules did it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from curation.records import GOLD, INFERRED, Evidence, FacetTags, Tags

#: What moved a tag if no rule says anything else than before.
CALIBRATION = "calibration"
_DERIVED = tuple(name for name in GOLD if name not in INFERRED)


class Move(msgspec.Struct, frozen=True):
    """A facet of one model that changed; ``rules`` say something else of the values that did."""

    id: str
    facet: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    rules: tuple[str, ...]


class Group(msgspec.Struct, frozen=True):
    """All moves that one rule had a part in."""

    rule: str
    moves: tuple[Move, ...]


def moves(model_id: str, old: Tags, new: Tags) -> Iterator[Move]:
    """The facets on which two taggings of one model differ.

    What follows from other facets is laid to the rules that moved those.
    """
    blamed: set[str] = set()
    for facet in (*INFERRED, *_DERIVED):
        was, now = getattr(old, facet), getattr(new, facet)
        if _shown(was) != _shown(now) and not _follows(was, now):
            rules = set(blamed) if facet in _DERIVED else _rules(was, now)
            rules = rules or {CALIBRATION}
            blamed |= rules
            yield Move(model_id, facet, _shown(was), _shown(now), tuple(sorted(rules)))


def grouped(found: Iterable[Move]) -> list[Group]:
    """Moves by rule, the rule that moved most first."""
    groups: Mapping[str, list[Move]] = defaultdict(list)
    for move in found:
        for rule in move.rules:
            groups[rule].append(move)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Group(rule, tuple(items)) for rule, items in ranked]


def _follows(was: FacetTags, now: FacetTags) -> bool:
    """Whether an empty facet turned known or unknown: it does so with the scope."""
    return not (was.values or now.values or "conflicting" in (was.state, now.state))


def _shown(facet: FacetTags) -> tuple[str, ...]:
    if facet.state != "known":
        return (facet.state,)
    return tuple(tag.value for tag in facet.values)


def _rules(was: FacetTags, now: FacetTags) -> set[str]:
    """The rules that say another thing than before of the values that came or went.

    Where none does, another value took or left the place: then all values count.
    """
    before, after = _said(was), _said(now)
    changed = set(_shown(was)) ^ set(_shown(now))
    for values in (changed, {*before, *after}):
        rules = {
            rule
            for value in values
            for rule in _differing(before.get(value, {}), after.get(value, {}))
        }
        if rules:
            return rules
    return set()


def _said(facet: FacetTags) -> dict[str, dict[str, list[float]]]:
    """Value → rule → the weights of its marks, of all values that something speaks for."""
    return {tag.value: _by_rule(tag.evidence) for tag in (*facet.values, *facet.rivals)}


def _by_rule(evidence: Iterable[Evidence]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for item in evidence:
        found[item.rule].append(item.weight)
    return {rule: sorted(weights) for rule, weights in found.items()}


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    return {rule for rule in {*one, *other} if one.get(rule) != other.get(rule)}
