"""A change in one line of words."""

from __future__ import annotations

from typing import Any

from curation.digest import Item
from curation.ids import clip
from curation.review.words import Phrase, Said, cause_of, counted, short, value, value_or

_EVENTS = {
    "made": "decided",
    "changed": "decided anew",
    "withdrawn": "decision withdrawn",
    "met": "decision met: this is now said without it",
    "stale": "decision stale: what it judged has changed",
}


def headline(item: Item) -> Phrase:
    """One change in one line."""
    if item.field == "trouble":
        return (
            Said(item.id),
            " trouble: ",
            *value_or(item.old, "none"),
            " → ",
            *value_or(item.new, "none"),
        )
    if item.kind in _HEADLINES:
        return _HEADLINES[item.kind](item)
    text: Phrase = (Said(item.id), f" {short(item.field)}: ")
    if item.now and item.was and item.old == item.new and item.old is not None:
        return (*text, *value(item.new, item.now), *_sureness(item))  # the same, and less sure
    return (*text, *_turned(item), *_sureness(item), *_corrected(item), *_by(item))


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


def _by(item: Item) -> Phrase:
    """What moved a scope, which says of itself only that it follows."""
    return (", moved by ", *cause_of(item.cause)) if item.field == "tags.scope" else ()


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
    pins = (*value_or(item.old, "not pinned"), " → ", *value_or(item.new, "not pinned"))
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
