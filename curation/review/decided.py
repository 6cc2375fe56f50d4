"""What happened to people's decisions: made, changed, withdrawn, met, or gone stale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from curation import canonical, evidence
from curation.records import Change, Decision, Event, FacetTags, Facts, Override, Record
from curation.review.state import State
from curation.store import decisions


class Pair(NamedTuple):
    """A decision on ``part.name`` of a model, on both sides; at least one is there."""

    id: str
    part: str
    name: str
    old: Decision | None
    new: Decision | None


class _Said(NamedTuple):
    """What stands without a decision: the hash of its value, and of what speaks for it."""

    value: str
    judged: str


def decided(old: State, new: State) -> Iterator[Change]:
    """What happened to the decisions on models that differ.

    A decision is *met* when what it decides is now said without it, and *stale* when what it
    judged has changed or its model is gone. A decision on a fact is held against what the Hub
    says, one on a facet against what the rules infer, where ``inferred`` tells.
    """
    for pair in _pairs(old, new):
        event = _edited(pair) or _overtaken(pair, old, new)
        if event:
            yield Change(
                kind="decision",
                id=pair.id,
                field=f"{pair.part}.{pair.name}",
                old=pair.old,
                new=pair.new,
                event=event,
            )


def untold(old: State, new: State) -> int:
    """How many decisions stand on facets of models that changed, with nothing to hold them to."""
    standing = (pair for pair in _pairs(old, new) if not _edited(pair) and pair.part == "tags")
    return sum(_moved(pair.id, old, new) and pair.id not in new.inferred for pair in standing)


def effective(record: Record | None, override: Override, field: str) -> Any:
    """The plain value that ``field`` has for those who read the catalog."""
    part, _, name = field.partition(".")
    if record is None:
        return None
    if part == "facts":
        return getattr(decisions.corrected(record.facts, override), name)
    facet: FacetTags = getattr(record.tags, name)
    return [tag.value for tag in facet.values] if facet.state == "known" else None


def _pairs(old: State, new: State) -> Iterator[Pair]:
    for model_id in sorted(old.overrides.keys() | new.overrides.keys()):
        before = old.overrides.get(model_id, Override())
        after = new.overrides.get(model_id, Override())
        for part in ("tags", "facts"):
            was: dict[str, Decision] = getattr(before, part)
            now: dict[str, Decision] = getattr(after, part)
            for name in sorted(was.keys() | now.keys()):
                yield Pair(model_id, part, name, was.get(name), now.get(name))


def _edited(pair: Pair) -> Event | None:
    if pair.old == pair.new:
        return None
    if pair.old is None:
        return "made"
    return "changed" if pair.new else "withdrawn"


def _moved(model_id: str, old: State, new: State) -> bool:
    before, after = old.records.get(model_id), new.records.get(model_id)
    return before is not None and after is not None and before != after


def _overtaken(pair: Pair, old: State, new: State) -> Event | None:
    """What the records did to a decision that stands as it stood."""
    decision = pair.new
    if decision is None:
        return None
    if pair.id in old.records and pair.id not in new.records:
        return "stale"
    before, after = _said(pair, old), _said(pair, new)
    if after is None or not _moved(pair.id, old, new):
        return None
    wanted = _wanted(pair, decision)
    if after.value == wanted and not decision.confirms:
        return None if before and before.value == wanted else "met"
    if decision.judged in (None, after.judged) or (before and before.judged == after.judged):
        return None
    return "stale"


def _wanted(pair: Pair, decision: Decision) -> str:
    """The hash of what a decision says, as ``_said`` has it."""
    value = decision.value
    if pair.part == "tags":
        return canonical.digest(sorted(map(str, value if isinstance(value, tuple) else (value,))))
    # In TOML an empty list stands for null.
    if value == () and not isinstance(getattr(Facts(), pair.name), tuple):
        value = None
    return canonical.digest(value)


def _said(pair: Pair, state: State) -> _Said | None:
    """What stands on one side without the decision, or None where nothing tells."""
    if pair.part == "facts":
        record = state.records.get(pair.id)
        stated = canonical.digest(getattr(record.facts, pair.name)) if record else ""
        return _Said(stated, stated) if record else None
    if pair.id not in state.inferred:
        return None
    facet: FacetTags = getattr(state.inferred[pair.id], pair.name)
    values = sorted(tag.value for tag in facet.values) if facet.state == "known" else facet.state
    return _Said(canonical.digest(values), evidence.judged(facet))
