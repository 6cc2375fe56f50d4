"""Which rule, or which input, moved a tag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from curation.records import FacetTags, Inputs


def cause(old: FacetTags, new: FacetTags, before: Inputs, after: Inputs) -> str | None:
    """What made ``old`` into ``new``.

    'override' if a person decides or decided; else the rule that most speaks for what came, or
    against what went, more than it did; else 'derived' for a facet that follows from others; else
    the inputs that changed.
    """
    if "override" in (old.origin, new.origin):
        return "override"
    was, now = ({tag.value for tag in one.values} for one in (old, new))
    shifts = _shifts(old, new)
    came = {rule: _sum(values, now - was) for rule, values in shifts.items()}
    went = {rule: -_sum(values, was - now) for rule, values in shifts.items()}
    shifted = {rule: sum(map(abs, values.values())) for rule, values in shifts.items()}
    rule = _most(came) or _most(went) or _most(shifted)
    if rule:
        return rule
    if new.origin == "derived":
        return "derived"
    changed = [
        name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)
    ]
    return ", ".join(changed) or None


def _most(pushes: Mapping[str, float]) -> str | None:
    """The rule that pushed most; of equals the first."""
    found = [(-push, rule) for rule, push in pushes.items() if push > 0]
    return min(found)[1] if found else None


def _sum(shifts: Mapping[str, float], values: Iterable[str]) -> float:
    return sum(shifts.get(value, 0.0) for value in values)


def _shifts(old: FacetTags, new: FacetTags) -> dict[str, dict[str, float]]:
    """By rule and value: how much more than before it speaks for it."""
    before, after = _weights(old), _weights(new)
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for rule, value in before.keys() | after.keys():
        found[rule][value] = after.get((rule, value), 0.0) - before.get((rule, value), 0.0)
    return found


def _weights(tags: FacetTags) -> dict[tuple[str, str], float]:
    """The weight of each rule on each value."""
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    for tag in (*tags.values, *tags.rivals):
        for evidence in tag.evidence:
            found[evidence.rule, tag.value] += evidence.weight
    return found
