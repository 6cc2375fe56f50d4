"""Why a model has the tags it has, in lines; the card's words are quoted where it is at hand."""

from __future__ import annotations

from collections.abc import Iterator

from curation.records import FACETS, Evidence, FacetTags, Tag, Tags

#: The longest quote from a card, in characters.
QUOTE = 120


def explain(tags: Tags, card: str | None) -> Iterator[str]:
    """Each facet with its state, its values, and what speaks for and against them.

    ``card`` is the README; control characters in quotes are left to who prints them.
    """
    lines = card.splitlines() if card is not None else []
    for name in FACETS:
        facet: FacetTags = getattr(tags, name)
        by = " by override" if facet.origin == "override" else ""
        yield f"{name}: {_values(facet)} ({facet.state}{by})"
        for tag in facet.values:
            yield from reasons(tag, lines)
        for tag in facet.rivals:
            yield f"  not {tag.value} ({tag.confidence:.0%})"
            yield from reasons(tag, lines)


def _values(facet: FacetTags) -> str:
    shown = (f"{t.value} ({t.confidence:.0%}{', review' * t.review})" for t in facet.values)
    return ", ".join(shown) or ("nothing" if facet.state == "known" else "-")


def reasons(tag: Tag, lines: list[str]) -> Iterator[str]:
    """What speaks for and against one value, a line each; ``lines`` are the card's."""
    for item in tag.evidence:
        where = item.signal if item.line is None else f"{item.signal}, line {item.line}"
        weight = f"{item.weight:+.1f} " if item.weight else ""
        yield f"    {tag.value}: {weight}{item.rule}: {item.term!r} in {where}"
        if quoted := quote(item, lines):
            yield f"      | {quoted}"


def quote(item: Evidence, lines: list[str]) -> str | None:
    """The card line that ``item`` points at, cut to ``QUOTE`` characters around its term."""
    if item.line is None or not 0 < item.line <= len(lines):
        return None
    text = lines[item.line - 1].strip()
    at = max(0, text.lower().find(item.term[:20]) - QUOTE // 2) if len(text) > QUOTE else 0
    return text[at : at + QUOTE]
