"""One thing that waits, as lines: what is asked, what speaks for and against it, the keys."""

from __future__ import annotations

from collections.abc import Iterator

from curation.cli.output import Output
from curation.ids import clip
from curation.records import FacetTags, Tag
from curation.review.session import KEYS, Item, Session, shown
from curation.tagging.explain import reasons

_WHYS = {
    "stale": "decided, but things have changed",
    "expired": "decided, but only for a time",
    "flip": "the scope is another",
    "conflict": "strong evidence both ways",
    "unsure": "of low confidence",
}
_HELP = {
    "accept": "what is inferred holds; of a decision: it still does, for good",
    "change": "say what holds, and why",
    "reject": "decline a value, and say why; of a decision: withdraw it",
    "skip": "put off: it comes last the next time",
    "undo": "take back the last of these; files are as they were",
    "group": "the next key is for all that the same rule gave the same value",
    "help": "this",
    "quit": "stop here; what is decided stays decided",
}


def lines(item: Item, session: Session, card: str | None, out: Output) -> Iterator[str]:
    """The item on top of a session; ``card`` is its model's, where it is at hand."""
    left = len(session.queue)
    yield ""
    yield f"{out.style(item.id, 'bold')}  {item.name}: {_WHYS[item.why]}  ({left} left)"
    if item.was:
        yield f"  {item.was}"
    if item.decision:
        yield from _decision(item)
    yield from _once(_evidence(item, card))
    for one in item.declined:
        yield f"  {one.value} was declined by {one.by} on {one.on}: {clip(one.reason, 300)}"
    many = len(session.group)
    if many > 1:
        what = f"{item.value} by {item.rule}" if item.rule else item.value
        yield out.style(f"  one of {many} of the group {item.name}: {what}", "dim")


def keys() -> Iterator[str]:
    """What each key does."""
    for key, name in KEYS.items():
        yield f"  {key}  {name:7} {_HELP[name]}"


def _decision(item: Item) -> Iterator[str]:
    decision = item.decision
    assert decision
    yield f"  decided: {shown(decision.value)}, by {decision.by} on {decision.on}"
    yield f"  because: {clip(decision.reason, 300)}"
    for told in item.changes:
        yield f"  {told}"


def _evidence(item: Item, card: str | None) -> Iterator[str]:
    text = card.splitlines() if card is not None else []
    if item.facet is not None:
        yield f"  inferred: {_values(item.facet)}"
        # What kinds follow from says more than that they do.
        yield from () if item.behind else _reasons(item.facet, text)
    for name, facet in item.behind.items():
        yield f"  {name}: {_values(facet)}"
        yield from _reasons(facet, text)


def _reasons(facet: FacetTags, card: list[str]) -> Iterator[str]:
    for tag in facet.values:
        yield from reasons(tag, card)
    for tag in facet.rivals:
        yield f"    not {_sure(tag)}"
        yield from reasons(tag, card)


def _values(facet: FacetTags) -> str:
    found = ", ".join(map(_sure, facet.values)) or "nothing"
    return found if facet.state == "known" else facet.state


def _once(told: Iterator[str]) -> Iterator[str]:
    """The lines without quotes that are there already: many rules read the same line of a card."""
    quoted: set[str] = set()
    for line in told:
        if line not in quoted:
            yield line
        if line.lstrip().startswith("|"):
            quoted.add(line)


def _sure(tag: Tag) -> str:
    return f"{tag.value} ({tag.confidence:.0%})"
