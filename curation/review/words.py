"""The digest in words: phrases of ours, and what others said marked as such.

A phrase is a run of texts; those of type Said come from the Hub or from people and belong escaped
for where they land. Text, Markdown and HTML differ only in how they show the two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import msgspec

from curation.digest import Group, Item, Reason, Section, Standing
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
_EVENTS = {
    "made": "decided",
    "changed": "decided anew",
    "withdrawn": "decision withdrawn",
    "met": "decision met: this is now said without it",
    "stale": "decision stale: what it judged has changed",
}


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
    cause, facet = _cause(group.cause), f" ({short(group.field)})"
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


def headline(item: Item) -> Phrase:
    """One change in one line."""
    if item.field == "trouble":
        return (Said(item.id), " trouble: ", *_or(item.old, "none"), " → ", *_or(item.new, "none"))
    if item.kind in _HEADLINES:
        return _HEADLINES[item.kind](item)
    text: Phrase = (Said(item.id), f" {short(item.field)}: ")
    if item.now and item.was and item.old == item.new and item.old is not None:
        return (*text, *value(item.new, item.now), *_sureness(item))  # the same, and less sure
    return (*text, *_turned(item), *_sureness(item), *_corrected(item), *_by(item))


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


def _turned(item: Item) -> Phrase:
    """What became what; of long lists, what came and what went."""
    before, after = value(item.old, item.was), value(item.new, item.now)
    if not (before[0].endswith("…") or after[0].endswith("…")):
        return ("still ", *after) if before == after else (*before, " → ", *after)
    old, new = ([p for p in _listed(one) if isinstance(p, str)] for one in (item.old, item.new))
    came, went = _beyond(new, old), _beyond(old, new)
    if not (old and new and (came or went)):
        return (*before, " → ", *after)
    added = ("added ", Said(clip(came))) if came else ()
    removed = ("removed ", Said(clip(went))) if went else ()
    return (*added, ", ", *removed) if came and went else added or removed


def _beyond(some: list[str], others: list[str]) -> str:
    known = set(others)
    return ", ".join(part for part in some if part not in known)


def _listed(plain: Any) -> list[Any]:
    return list(plain) if isinstance(plain, list | tuple) else []


def _cause(cause: str | None) -> Phrase:
    if cause is None or cause in _NO_RULES:
        return (_NO_RULES[cause],)
    if _INPUTS.issuperset(cause.split(", ")):
        return (f"new {cause}",)
    return (Said(clip(cause)),)


def _by(item: Item) -> Phrase:
    """What moved a scope, which says of itself only that it follows."""
    return (", moved by ", *_cause(item.cause)) if item.field == "tags.scope" else ()


def _sureness(item: Item) -> Phrase:
    now, was = item.now, item.was
    if now is None or not now.review or now.confidence is None:
        return ()
    before = f", was {was.confidence:.2f}" if was and was.confidence is not None else ""
    return (f" (unsure: {now.confidence:.2f}{before})",)


def _corrected(item: Item) -> Phrase:
    if item.correction is None:
        return ()
    return (" (corrected by a person to ", *value(item.correction.value), ")")


def _because(item: Item) -> Phrase:
    by = (", by ", Said(clip(item.by))) if item.by else ()
    return (*by, ": ", Said(clip(item.reason, 200))) if item.reason else by


def _removed(item: Item) -> Phrase:
    reason = ("; reason: ", Said(clip(item.reason, 200))) if item.reason else ()
    return (Said(item.id), *_told(item.old), *reason)


def _added(item: Item) -> Phrase:
    return (Said(item.id), *_told(item.new))


def _told(about: Any) -> Phrase:
    facets = [about[name] for name in ("scope", "task", "specialization") if about[name]]
    known = [text for one in facets for text in (", ", *value(one))]
    return (": ", *known[1:], *([", "] if known else []), "licence ", *value(about["license"]))


def _renamed(item: Item) -> Phrase:
    return (Said(item.old), " → ", Said(item.id))


def _decision(item: Item) -> Phrase:
    what = f" {'corrected ' if (item.field or '').startswith('facts.') else ''}{short(item.field)}"
    told = f"{what}: {_EVENTS[item.event or 'made']}"
    if item.event in ("met", "stale"):
        return (Said(item.id), f"{told} (", *value(item.new), ")", *_because(item))
    return (Said(item.id), f"{told}, ", *_turned(item), *_because(item))


def _pin(item: Item) -> Phrase:
    pins = (*_or(item.old, "not pinned"), " → ", *_or(item.new, "not pinned"))
    return ("pin of ", Said(clip(item.id)), " ", *pins, _moved(item))


def _rule(item: Item) -> Phrase:
    if item.field == "disable":
        return (Said(clip(item.id)), " disabled" if item.new else " enabled again", _moved(item))
    if item.field:
        return (f"{item.field} of ", Said(clip(item.id)), _came(item))
    edited = f" edited ({', '.join(item.old)})" if item.old and item.new else _came(item)
    return ("rule ", Said(clip(item.id)), edited, _moved(item))


def _came(item: Item) -> str:
    if item.old is None:
        return " added"
    return " removed" if item.new is None else " edited"


def _setting(item: Item) -> Phrase:
    return ("setting ", Said(clip(item.id)), " ", *value(item.old), " → ", *value(item.new))


def _moved(item: Item) -> str:
    moved = item.moved or {"models": 0, "tags": 0}
    if not moved["tags"]:
        return "; moved no tag"
    return f"; moved {counted(moved['tags'], 'tag')} of {counted(moved['models'], 'model')}"


def _ledger(item: Item) -> Phrase:
    entry = item.new or item.old
    lifted = "" if item.new else " lifted"
    extra: Phrase = ()
    if item.kind == "waiver":
        extra = (" for ", Said(entry["code"]), " until ", Said(entry["expires"]))
    elif entry.get("successor"):
        extra = (" (now ", Said(entry["successor"]), ")")
    elif item.field:
        extra = (" ", Said(clip(item.field)), " ", *value(entry.get("value")))
    return (f"{item.kind}{lifted}: ", Said(clip(item.id)), *extra, *_because(item))


def _or(plain: Any, nothing: str) -> Phrase:
    return (nothing,) if plain is None else value(plain)


_HEADLINES = {
    "added": _added,
    "decision": _decision,
    "pin": _pin,
    "rejection": _ledger,
    "removed": _removed,
    "renamed": _renamed,
    "rule": _rule,
    "setting": _setting,
    "tombstone": _ledger,
    "waiver": _ledger,
}
