"""Which rule, or which input, moved a tag."""

from __future__ import annotations

from collections import defaultdict

from curation.records import FacetTags, Inputs


def cause(old: FacetTags, new: FacetTags, before: Inputs, after: Inputs) -> str | None:
    """What made ``old`` into ``new``.

    'override' if a person decides or decided; else the rule whose weight on the values that moved
    changed most; else 'derived' for a facet that follows from others; else the inputs that changed.
    """
    if "override" in (old.origin, new.origin):
        return "override"
    moved = {tag.value for tag in old.values} ^ {tag.value for tag in new.values}
    rule = _rule(old, new, moved) or _rule(old, new, set())
    if rule:
        return rule
    if new.origin == "derived":
        return "derived"
    changed = [
        name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)
    ]
    return ", ".join(changed) or None


def _rule(old: FacetTags, new: FacetTags, values: set[str]) -> str | None:
    """The rule whose weight on ``values`` (none: on any) differs most; of equals the first."""
    before, after = _weights(old, values), _weights(new, values)
    shifts: defaultdict[str, float] = defaultdict(float)
    for rule, value in before.keys() | after.keys():
        shifts[rule] += abs(after.get((rule, value), 0.0) - before.get((rule, value), 0.0))
    moved = [(-shift, rule) for rule, shift in shifts.items() if shift]
    return min(moved)[1] if moved else None


def _weights(tags: FacetTags, values: set[str]) -> dict[tuple[str, str], float]:
    """The weight of each rule on each value."""
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    for tag in (*tags.values, *tags.rivals):
        if not values or tag.value in values:
            for evidence in tag.evidence:
                found[evidence.rule, tag.value] += evidence.weight
    return found
