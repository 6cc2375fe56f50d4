"""The digest as lines for a terminal: decisions one by one, routine as counts.

The lines carry text of the Hub as it is; whoever prints them makes it safe.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curation.digest import Digest, Group, Item, Section
from curation.review import words
from curation.review.digesting import FOLLOWING
from curation.review.headlines import headline

#: Changes shown of one kind, and of one rule; all removals are shown.
MOST = 20
OF_A_RULE = 3

_ALARMING = frozenset({"removed", "scope", "terms", "doubt"})


class Line(NamedTuple):
    """A line and the names of the styles that suit it."""

    text: str
    styles: tuple[str, ...] = ()


def lines(digest: Digest) -> Iterator[Line]:
    """``digest`` under one title a risk."""
    span = f"{words.side(digest.base)} → {words.side(digest.head)}"
    if digest.only_popularity:
        models = words.counted(digest.models, "model")
        yield Line(f"{span}: nothing but popularity changed, of {models}")
        return
    yield Line(span)
    for note in digest.notes:
        yield Line(note, ("dim",))
    if not digest.sections:
        yield Line("nothing changed")
    for section in digest.sections:
        colour = ("red",) if section.risk in _ALARMING else ()
        yield Line(words.heading(section), ("bold", *colour))
        yield from _section(section)


def _section(section: Section) -> Iterator[Line]:
    if section.risk == "routine":
        yield Line(f"  {words.tally(section)}")
        return
    for group in section.groups:
        titled = group.field is not None and (section.risk == "tag" or group.count > 1)
        if titled:
            yield Line("  " + "".join(words.title(group)), ("cyan",))
        if group.field not in FOLLOWING or not titled:
            yield from _items(group, _most(section, group), "    " if titled else "  ")


def _most(section: Section, group: Group) -> int:
    if section.risk == "removed":
        return group.count
    return OF_A_RULE if section.risk == "tag" else MOST


def _items(group: Group, most: int, pad: str) -> Iterator[Line]:
    for item in group.items[:most]:
        yield Line(pad + "".join(headline(item)))
        yield from _evidence(item, pad)
    if group.count > most:
        yield Line(f"{pad}… and {group.count - most:,} more (--json lists all)", ("dim",))


def _evidence(item: Item, pad: str) -> Iterator[Line]:
    for word, standing in (("was", item.was), ("now", item.now)):
        best = words.strongest(standing)
        if best:
            yield Line(f"{pad}  {word}: {''.join(words.reason(best))}", ("dim",))
