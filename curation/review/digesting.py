"""From changes to the digest that every format tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from curation.digest import Digest, Group, Section
from curation.records import Change, FacetTags
from curation.review import items, moved
from curation.review.decided import untold
from curation.review.everything import changes
from curation.review.renamed import aligned
from curation.review.risk import Risk, risk_of
from curation.review.state import State
from curation.review.words import counted

TITLES = {
    Risk.REMOVED: "Removed",
    Risk.SCOPE: "Scope flipped",
    Risk.TERMS: "Licence or access changed",
    Risk.DOUBT: "Conflicting, unsure or stale",
    Risk.DECISION: "Decisions",
    Risk.RULES: "Rules, pins and settings",
    Risk.LEDGER: "Tombstones, waivers and rejections",
    Risk.RENAMED: "Renamed",
    Risk.ADDED: "Added",
    Risk.TAG: "Tags changed",
    Risk.FACT: "Facts changed",
    Risk.ROUTINE: "Routine",
}
#: Facets that follow from others: told behind what they follow from, not one by one.
FOLLOWING = frozenset({"tags.kinds", "tags.specialization", "tags.size_tier"})
#: What is said when one side is a release.
_OF_RELEASES = (
    "A release holds models without their evidence: decisions, rules, pins, settings and ledgers "
    "were not compared, nor does it tell what moved a tag."
)
#: What is said of decisions whose evidence is not at hand.
_OF_DECISIONS = (
    "{} on models that changed could not be held against what the rules say today: the cards, or "
    "the packs that are pinned, are not here ('curate sync' brings cards)."
)
_BY_CAUSE = frozenset({Risk.DOUBT, Risk.TAG})
#: Kinds of changes that are on no model.
_OF_CATALOG = frozenset({"pin", "rule", "setting", "waiver"})


class _Key(NamedTuple):
    """What the changes of a group have in common."""

    cause: str | None = None
    field: str | None = None
    move: Literal["to", "off", "unsure"] | None = None
    value: str | None = None


def digest(old: State, new: State, found: Sequence[Change] | None = None) -> Digest:
    """What changed from ``old`` to ``new``; ``found`` are the changes, if they are at hand."""
    found = changes(old, new) if found is None else found
    tell = items.Teller(aligned(old, new), new, moved.count(found, old, new))
    told = list(_told_once(found))
    return Digest(
        base=_text(old.name),
        head=_text(new.name),
        count=len(told),
        models=_models(told),
        only_popularity=bool(told) and all(one.kind == "popularity" for one in told),
        notes=_notes(old, new),
        sections=tuple(_sections(told, tell)),
    )


def _text(name: str) -> str:
    """``name`` with the bytes of a path that are no text written out."""
    return name.encode("utf-8", "backslashreplace").decode()


def _notes(old: State, new: State) -> tuple[str, ...]:
    """What could not be compared."""
    if not (old.whole and new.whole):
        return (_OF_RELEASES,)
    unknown = untold(aligned(old, new), new)
    return (_OF_DECISIONS.format(counted(unknown, "decision")),) if unknown else ()


def _told_once(found: Iterable[Change]) -> Iterator[Change]:
    """All but the tags that a decision among them set: they are told with it."""
    found = list(found)
    decided = {
        (one.id, one.field)
        for one in found
        if one.kind == "decision" and one.event in ("made", "changed", "withdrawn")
    }
    for one in found:
        if one.kind != "tag" or (one.id, one.field) not in decided:
            yield one


def _sections(found: Sequence[Change], tell: items.Teller) -> Iterator[Section]:
    for risk, some in groupby(found, risk_of):
        same = list(some)
        yield Section(
            risk=risk.name.lower(),  # type: ignore[arg-type]
            title=TITLES[risk],
            count=len(same),
            models=_models(same),
            groups=tuple(_groups(same, risk, tell)),
        )


def _groups(found: Sequence[Change], risk: Risk, tell: items.Teller) -> Iterator[Group]:
    """Changes of one risk by what moved them: the largest first, what follows behind its cause."""
    groups: defaultdict[_Key, list[Change]] = defaultdict(list)
    for change in found:
        groups[_key(change, risk)].append(change)
    largest: defaultdict[str | None, int] = defaultdict(int)
    for key, some in groups.items():
        largest[key.cause] = max(largest[key.cause], len(some))

    def rank(entry: tuple[_Key, list[Change]]) -> tuple[object, ...]:
        key, some = entry
        order = tuple(part or "" for part in key)
        return -largest[key.cause], order[0], key.field in FOLLOWING, -len(some), order

    for key, some in sorted(groups.items(), key=rank):
        yield Group(
            cause=key.cause,
            field=key.field,
            move=key.move,
            value=key.value,
            count=len(some),
            models=_models(some),
            items=tuple(tell.item(one) for one in some),
        )


def _key(change: Change, risk: Risk) -> _Key:
    if risk is Risk.ROUTINE:
        return _Key(field=change.field)
    if risk not in _BY_CAUSE or change.kind != "tag":
        return _Key()
    if change.field in FOLLOWING:
        return _Key(change.cause, change.field)
    assert isinstance(change.old, FacetTags)
    assert isinstance(change.new, FacetTags)
    if change.new.state != "known":
        return _Key(change.cause, change.field, "to", change.new.state)
    was, now = ([tag.value for tag in one.values] for one in (change.old, change.new))
    if came := [value for value in now if value not in was]:
        return _Key(change.cause, change.field, "to", ", ".join(came))
    if went := [value for value in was if value not in now]:
        return _Key(change.cause, change.field, "off", ", ".join(went))
    if unsure := [tag.value for tag in change.new.values if tag.review]:
        return _Key(change.cause, change.field, "unsure", ", ".join(unsure))
    return _Key(change.cause, change.field)


def _models(found: Iterable[Change]) -> int:
    return len({change.id for change in found if change.kind not in _OF_CATALOG})
