"""Cuts a card's body into blocks and sections."""

from __future__ import annotations

from curation.card import grammar, oddities
from curation.card.outline import Outline
from curation.cards import Block, BlockKind, Section


def scan(text: str, start: int) -> tuple[list[Section], list[Block]]:
    """Sections and blocks of ``text[start:]``; blocks are in order, disjoint, and not blank."""
    at, line, here = start, 1 + text.count("\n", 0, start), 0
    outline = Outline(line)
    prose_kind: BlockKind = "prose"
    list_kind: BlockKind = "list"
    blocks: list[Block] = []
    add = blocks.append
    # Blanks at the end match nothing, and every search for a block would read them all.
    found = grammar.BLOCKS.findall(text, start, len(text.rstrip(" \t\n")))
    for newlines, blank, prose, heading, other, fence, items, odd in found:
        at += len(newlines) + len(blank)
        line += len(newlines)
        if blank:
            line += blank.count("\n")
        if plain := prose or items:
            end = at + len(plain)
            add(Block(prose_kind if prose else list_kind, at, end, line, here))
            if "\n" in plain:
                line += plain.count("\n")
        elif heading:
            end = at + len(heading)
            prose_kind, list_kind = outline.open(heading, line)
            here += 1
            add(Block("heading", at, end, line, here))
        else:
            block = other or odd
            end = at + len(block)
            counted = 0
            for kind, begin, stop in oddities.sort(other, fence, odd, blocks):
                line += block.count("\n", counted, begin)
                counted = begin
                if kind == "heading":
                    prose_kind, list_kind = outline.open(block[begin:stop], line)
                    here += 1
                add(Block(outline.kind(kind), at + begin, at + stop, line, here))
            line += block.count("\n", counted)
        at = end
    return outline.sections, blocks
