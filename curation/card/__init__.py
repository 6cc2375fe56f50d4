"""From a README.md to a Card. Nothing makes it fail; what is wrong with a card is its flaws."""

from __future__ import annotations

from curation.card import blocks, citations, comments, front_matter, headings, links, reading
from curation.cards import Card, Flaw


def parse(text: str | bytes) -> Card:
    """Parse a README.md as the Hub served it.

    Newlines become ``\\n``, a byte order mark goes, text past ``reading.LIMIT`` is cut, and bytes
    that are no UTF-8 become U+FFFD. Flaws are in the order of their lines.
    """
    text, flaws = reading.read(text)
    front, start, front_flaws = front_matter.read(text)
    sections, found = blocks.scan(text, start)
    if "<" in text and "<!--" in text:
        found = comments.part(text, found)
    citations.mark(text, found)
    return Card(
        text,
        start,
        front,
        tuple(sections),
        tuple(found),
        links.find(text, start),
        headings.title_index(found, sections),
        tuple(sorted(flaws + front_flaws, key=_line)) if flaws or front_flaws else (),
    )


def _line(flaw: Flaw) -> int:
    return flaw.line
