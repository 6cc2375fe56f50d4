"""What happened to people's decisions, as far as the two states tell without tagging anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from curation import canonical, evidence
from curation.records import Change, Decision, FacetTags, Facts, Override, Record
from curation.review.state import State
from curation.store import decisions


def decided(old: State, new: State) -> Iterator[Change]:
    """Decisions made, changed, withdrawn, met or gone stale, of the models that differ.

    A decision is *met* when what it decides is now said without it, and *stale* when what it
    judged has changed or its model is gone. A decision on a fact is held against what the Hub
    says. One on a facet is held against what the rules infer, where a record says so: once tagged
    with the decision it says so only if its rivals are kept.
    """
    for model_id in sorted(old.overrides.keys() | new.overrides.keys()):
        before = old.overrides.get(model_id, Override())
        after = new.overrides.get(model_id, Override())
        for part in ("tags", "facts"):
            was: dict[str, Decision] = getattr(before, part)
            now: dict[str, Decision] = getattr(after, part)
            for name in sorted(was.keys() | now.keys()):
                event = _edited(was.get(name), now.get(name)) or _overtaken(
                    part, name, now[name], old.records.get(model_id), new.records.get(model_id)
                )
                if event:
                    yield Change(
                        kind="decision",
                        id=model_id,
                        field=f"{part}.{name}",
                        old=was.get(name),
                        new=now.get(name),
                        event=event,  # type: ignore[arg-type]
                    )


def effective(record: Record | None, override: Override, field: str) -> Any:
    """The plain value that ``field`` has for those who read the catalog."""
    part, _, name = field.partition(".")
    if record is None:
        return None
    if part == "facts":
        return getattr(decisions.corrected(record.facts, override), name)
    facet: FacetTags = getattr(record.tags, name)
    return [tag.value for tag in facet.values] if facet.state == "known" else None


def _edited(old: Decision | None, new: Decision | None) -> str | None:
    if old == new:
        return None
    if old is None:
        return "made"
    return "changed" if new else "withdrawn"


def _overtaken(
    part: str, name: str, decision: Decision, old: Record | None, new: Record | None
) -> str | None:
    """What the records did to a decision that stands as it stood."""
    if old is None:
        return None
    if new is None:
        return "stale"
    before, after = _said(part, name, old), _said(part, name, new)
    if decision.judged and after != decision.judged == before:
        return "stale"
    if decision.confirms or part != "facts":
        return None
    wanted = canonical.digest(_plain(name, decision))
    return "met" if after == wanted != before else None


def _said(part: str, name: str, record: Record) -> str | None:
    """The hash of what speaks for a fact or facet, as a decision would have judged it."""
    if part == "facts":
        return canonical.digest(getattr(record.facts, name))
    facet: FacetTags = getattr(record.tags, name)
    if facet.origin != "override":
        return evidence.judged(facet)
    return evidence.judged(FacetTags(rivals=facet.rivals)) if facet.rivals else None


def _plain(name: str, decision: Decision) -> Any:
    # In TOML an empty list stands for null.
    if decision.value == () and not isinstance(getattr(Facts(), name), tuple):
        return None
    return decision.value
