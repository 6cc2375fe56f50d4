"""The digest in words: phrases of ours, and what others said marked as such.

A phrase is a run of texts; those of type Said come from the Hub or from people and belong escaped
for where they land. Text, Markdown and HTML differ only in how they show the two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import msgspec

from curation.digest import Group, Reason, Section, Standing
from curation.ids import clip
from curation.records import Inputs

Phrase = tuple[str, ...]


class Said(str):
    """Text that is not ours."""

    __slots__ = ()


_NO_RULES: dict[str | None, str] = {
    None: "something untold",
    "override": "a decision",
    "derived": "other facets",
}
_INPUTS = frozenset(Inputs.__struct_fields__)
_HASH = re.compile("[0-9a-f]{40}")


def short(field: str | None) -> str:
    """The name of a field without the part of the record that it is in."""
    return (field or "").removeprefix("tags.").removeprefix("facts.")


def side(name: str) -> str:
    """The name of a side, cut to what people read of it; of a commit its first digits."""
    return name[:12] if _HASH.fullmatch(name) else clip(name)


def routine(field: str | None) -> str:
    """What is counted: of a facet only its evidence is other, of an input its hash."""
    part, _, name = (field or "").partition(".")
    if part in ("tags", "inputs"):
        return f"{'evidence' if part == 'tags' else 'hash'} of {name}"
    return "Hub tags" if field == "facts.tags" else name or part


def tally(section: Section) -> str:
    """What a section counts: ``popularity 200, revision 26; evidence of task 2, domains 1``."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    for group in section.groups:
        of, found, name = routine(group.field).rpartition(" of ")
        told[of + found].append(f"{name} {group.count:,}")
    return "; ".join(of + ", ".join(told[of]) for of in sorted(told))


def counted(number: int, one: str) -> str:
    """``3 models``."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def heading(section: Section) -> str:
    """The title of a section with what it counts."""
    if section.count == section.models or not section.models:
        return f"{section.title}: {section.count:,}"
    return f"{section.title}: {section.count:,} in {counted(section.models, 'model')}"


def title(group: Group) -> Phrase:
    """What moved a group: ``RULE moved 14 models to ru (languages)``."""
    cause, facet = cause_of(group.cause), f" ({short(group.field)})"
    models = counted(group.models, "model")
    told = value(group.value)
    if group.value in ("unknown", "conflicting"):
        told = (group.value,)
    if group.move == "off":
        return (*cause, " took ", *told, f" from {models}", facet)
    if group.move == "unsure":
        return (*cause, f" left {models} unsure of ", *told, facet)
    if group.move == "to":
        return (*cause, f" moved {models} to ", *told, facet)
    return (*cause, f" moved {models}", facet)


def reason(one: Reason) -> Phrase:
    """A piece of evidence: which rule, on what, where, how strongly, for which value."""
    if one.rule == one.signal == "override":  # its term is the day
        return ("a decision of ", Said(clip(one.term)), " for ", Said(clip(one.value)))
    line = f":{one.line}" if one.line else ""
    heard = (Said(clip(one.rule)), " on ", Said(clip(one.term)), " in ", Said(clip(one.signal)))
    stance = "against" if one.weight < 0 else "for"
    weight = f"{line} ({one.weight:+.1f} {stance} " if one.weight else f"{line} (for "
    return (*heard, weight, Said(clip(one.value)), ")")


def strongest(standing: Standing | None) -> Reason | None:
    """What most speaks for how a facet stands, of what the other side does not say."""
    return standing.reasons[0] if standing and standing.reasons else None


def value(plain: Any, standing: Standing | None = None) -> Phrase:
    """A value; ``standing`` says of a facet why it has none."""
    if standing and standing.state != "known":
        return (standing.state,)
    if plain is None:
        return ("unstated",)
    if isinstance(plain, list | tuple) and not plain:
        return ("none",)
    if isinstance(plain, list | tuple) and all(isinstance(part, str) for part in plain):
        return (Said(clip(", ".join(plain))),)
    if isinstance(plain, str):
        return (Said(clip(plain)),)
    return (Said(clip(msgspec.json.encode(plain).decode())),)


def cause_of(cause: str | None) -> Phrase:
    """What moved something: a rule by its name, or what else it was."""
    if cause is None or cause in _NO_RULES:
        return (_NO_RULES[cause],)
    if _INPUTS.issuperset(cause.split(", ")):
        return (f"new {cause}",)
    return (Said(clip(cause)),)


def value_or(plain: Any, nothing: str) -> Phrase:
    """A value; ``nothing`` stands for none."""
    return (nothing,) if plain is None else value(plain)
