"""The changes as lines for a terminal: decisions one by one, routine as counts.

The lines carry text of the Hub as it is; whoever prints them makes it safe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from curation.ids import clip
from curation.records import Change, FacetTags, Record
from curation.review.risk import Risk, risk_of

#: Changes shown of one kind, and of one rule; all removals are shown.
MOST = 20
OF_A_RULE = 3

_TITLES = {
    Risk.REMOVED: "removed",
    Risk.SCOPE: "scope flipped",
    Risk.TERMS: "licence or gating changed",
    Risk.DOUBT: "conflicting or unsure",
    Risk.RENAMED: "renamed",
    Risk.ADDED: "added",
    Risk.TAG: "tags changed",
    Risk.FACT: "facts changed",
    Risk.ROUTINE: "routine",
}
_ALARMING = (Risk.REMOVED, Risk.SCOPE, Risk.TERMS, Risk.DOUBT)


class Line(NamedTuple):
    """A line and the names of the styles that suit it."""

    text: str
    styles: tuple[str, ...] = ()


def lines(changes: Sequence[Change]) -> Iterator[Line]:
    """``changes``, in the order of ``compare``, under one title a risk."""
    if not changes:
        yield Line("nothing changed")
    for risk, group in groupby(changes, risk_of):
        found = list(group)
        colour = ("red",) if risk in _ALARMING else ()
        yield Line(f"{_TITLES[risk]}: {_count(found, risk)}", ("bold", *colour))
        yield from _BODIES.get(risk, _each)(found)


def _count(changes: Sequence[Change], risk: Risk) -> str:
    models = len({change.id for change in changes})
    if risk in (Risk.REMOVED, Risk.ADDED, Risk.RENAMED) or models == len(changes):
        return f"{models}"
    return f"{len(changes)} in {models} {'model' if models == 1 else 'models'}"


def _removed(changes: Sequence[Change]) -> Iterator[Line]:
    for change in changes:
        yield Line(f"  {change.id}")


def _added(changes: Sequence[Change]) -> Iterator[Line]:
    for change in changes[:MOST]:
        told = f"  {_told(change.new)}" if isinstance(change.new, Record) else ""
        yield Line(f"  {change.id}{told}")
    yield from _rest(changes, MOST)


def _each(changes: Sequence[Change]) -> Iterator[Line]:
    for change in changes[:MOST]:
        yield from _change(change)
    yield from _rest(changes, MOST)


def _by_rule(changes: Sequence[Change]) -> Iterator[Line]:
    for (why, field), group in groupby(changes, lambda change: (change.cause, change.field)):
        found = list(group)
        models = f"{len(found)} {'model' if len(found) == 1 else 'models'}"
        yield Line(f"  {why or 'no rule'} moved {_short(field)} of {models}", ("cyan",))
        for change in found[:OF_A_RULE]:
            yield from _change(change, "    ")
        yield from _rest(found, OF_A_RULE, "    ")


def _routine(changes: Sequence[Change]) -> Iterator[Line]:
    counts = Counter(_short(change.field) for change in changes)
    yield Line("  " + ", ".join(f"{field} {n}" for field, n in counts.most_common()))


_BODIES: dict[Risk, Callable[[Sequence[Change]], Iterator[Line]]] = {
    Risk.REMOVED: _removed,
    Risk.ADDED: _added,
    Risk.TAG: _by_rule,
    Risk.ROUTINE: _routine,
}


def _change(change: Change, pad: str = "  ") -> Iterator[Line]:
    if change.kind == "renamed":
        yield Line(f"{pad}{change.old} → {change.id}")
        return
    what = f"{_short(change.field)}: {_value(change.old)} → {_value(change.new)}"
    yield Line(f"{pad}{change.id}  {what}")
    for word, side in (("was", change.old), ("now", change.new)):
        told = _evidence(side) if isinstance(side, FacetTags) else ""
        if told:
            yield Line(f"{pad}  {word}: {told}", ("dim",))


def _rest(changes: Sequence[Change], shown: int, pad: str = "  ") -> Iterator[Line]:
    if len(changes) > shown:
        yield Line(f"{pad}… and {len(changes) - shown} more (--json lists all)", ("dim",))


def _told(record: Record) -> str:
    facets = (record.tags.scope, record.tags.task, record.tags.specialization)
    values = [_value(tags) for tags in facets if tags.values]
    return ", ".join([*values, f"licence {_value(record.facts.license)}"])


def _value(value: Any) -> str:
    if isinstance(value, FacetTags):
        shown = ", ".join(tag.value for tag in value.values) or "none"
        return clip(shown if value.state == "known" else value.state)
    if value is None:
        return "unstated"
    plain = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return clip(plain)


def _evidence(tags: FacetTags) -> str:
    """The strongest evidence of either direction."""
    found = [one for tag in (*tags.values, *tags.rivals) for one in tag.evidence]
    if not found:
        return ""
    best = max(found, key=lambda one: (abs(one.weight), one.rule))
    line = f":{best.line}" if best.line else ""
    return f"{best.rule} on '{clip(best.term)}' in {best.signal}{line} ({best.weight:+.1f})"


def _short(field: str | None) -> str:
    return (field or "").removeprefix("tags.").removeprefix("facts.")
