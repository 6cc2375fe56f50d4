"""Where links lead: Markdown targets, bare and bracketed URLs, ``src`` and ``href`` values."""

from __future__ import annotations

import re

from curation.cards import Span

# A URL may hold round brackets in pairs, and does not end in a sentence's punctuation.
_PAIR = r"\([^\s<>()]*+\)"
_PLAIN = rf"[^\s<>\"'`()\[\]{{}}|\\]+(?:(?<![.,;:!?*_~])|(?={_PAIR}))"
_URL = re.compile(rf"https?://{_PLAIN}(?:{_PAIR}(?:{_PLAIN})?)*")
_TARGET = re.compile(rf"\](?=\()\([ \t]*+<?+(?!https?://)((?:[^\s<>()]++|{_PAIR})++)")
_TAG = re.compile(r"<(?=[aAeEiIlLsSvV])[A-Za-z]++\s[^<>]*+")
_VALUE = re.compile(
    r"\b(?:src|href)\s*+=\s*+(?:\"(?!https?://)([^\"]++)|'(?!https?://)([^']++)"
    r"|(?!https?://)([^\s\"'>]++))",
    re.IGNORECASE,
)


def find(text: str, start: int) -> tuple[Span, ...]:
    """The spans of all link targets in ``text[start:]``, in order and disjoint."""
    spans = [match.span() for match in _URL.finditer(text, start)]
    others = [match.span(1) for match in _TARGET.finditer(text, start)]
    if "<" in text:
        for tag in _TAG.finditer(text, start):
            values = _VALUE.finditer(text, *tag.span())
            others += [value.span(value.lastindex or 0) for value in values]
    if others:
        spans = _disjoint(spans + others)
    return tuple([Span(at, end) for at, end in spans])


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order; of two that overlap the one that starts first, or else the longer."""
    kept = []
    behind = 0
    for at, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if at >= behind:
            kept.append((at, end))
            behind = end
    return kept
