"""Sorts the blocks whose shape alone does not tell what they are."""

from __future__ import annotations

import re

from curation.card import grammar
from curation.cards import Block, BlockKind

#: A kind, and where in the block it starts and ends.
Piece = tuple[BlockKind, int, int]

_HTML_HEADING = re.compile(
    r"<[hH]([1-6])(?=[\s>])[^<>]*+>(?:[^<]++|<(?!/?[hH][1-6]))*+</[hH]\1\s*+>"
)
#: A few words right behind the hashes, and nothing else on the line: no row of hashtags.
_TIGHT_TITLE = re.compile(r"#{1,3}[^\W\d_][\w.'():-]*+(?: [\w.'():-]++){1,12}$", re.MULTILINE)
# What indented text must hold to be code, and not prose that was indented with the whole card.
_CODE = re.compile(
    r"\w\(|[\w\])] ?= ?[\w\"'\[({]|[;{}\\][ \t]*$|@\w+\{"
    r"|^[ \t]*(?:>>>|\$|!|import |from \S+ import |pip |git |cd |sudo )",
    re.MULTILINE,
)


def sort(other: str, fence: str, odd: str, above: list[Block]) -> list[Piece]:
    """The pieces of one block, given under its name in the grammar, below those ``above``."""
    if odd:
        return _prose(odd) if above else _titled(odd)
    if fence:
        return [("code", 0, len(other))]
    first = other[0]
    if first == "<":
        return _html(other)
    if first == "|":
        return [("table", 0, len(other))]
    if first == ">":
        return [("quote", 0, len(other))]
    if first in " \t":
        return _indented(other, above)
    return []  # a thematic break


def _titled(block: str) -> list[Piece]:
    """What a card begins with: there ``#Title`` is meant, though Markdown asks for a space."""
    title = _TIGHT_TITLE.match(block)
    if title is None:
        return _prose(block)
    rest = _prose(block[title.end() + 1 :]) if title.end() < len(block) else []
    shift = title.end() + 1
    return [("heading", 0, title.end()), *((kind, a + shift, b + shift) for kind, a, b in rest)]


def _prose(block: str) -> list[Piece]:
    """Prose, a heading of one underlined line, or prose whose last line heads a table."""
    tail = grammar.TAIL.search(block) if "\n" in block else None
    if tail is None:
        return [("prose", 0, len(block))]
    cut = tail.start()
    head = block.rfind("\n", 0, cut) + 1
    if "|" in tail[0]:
        table: Piece = ("table", head, len(block))
        return [("prose", 0, head - 1), table] if head else [table]
    return [("prose", 0, cut)] if head else [("heading", 0, len(block))]


def _html(block: str) -> list[Piece]:
    if block[:4].lower() == "<pre":
        return [("code", 0, len(block))]
    if block.startswith("<!--"):
        return [("html", 0, len(block))]
    pieces: list[Piece] = []
    at = 0
    for heading in _HTML_HEADING.finditer(block):
        begin, stop = heading.span()
        pieces += [("html", at, begin), ("heading", begin, stop)]
        at = stop
    pieces.append(("html", at, len(block)))
    return [piece for piece in pieces if block[piece[1] : piece[2]].strip(" \t\n")]


def _indented(block: str, above: list[Block]) -> list[Piece]:
    """Part of a list, code, or text whose indentation means nothing."""
    kinds = [block.kind for block in above[-2:]]
    if kinds[-1:] == ["list"] or kinds == ["list", "code"]:
        return [("list", 0, len(block))]
    if _CODE.search(block):
        return [("code", 0, len(block))]
    return _dedented(block)


def _dedented(block: str) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    found_blocks = grammar.dedented().findall(block)
    for newlines, blank, prose, heading, other, fence, items, odd in found_blocks:
        at += len(newlines) + len(blank)
        whole = prose or heading or items or other or odd
        if other or odd:
            found = sort(other, fence, odd, [])
        else:
            kind: BlockKind = "prose" if prose else "heading" if heading else "list"
            found = [(kind, 0, len(whole))]
        pieces += [(kind, at + begin, at + stop) for kind, begin, stop in found]
        at += len(whole)
    return pieces
