"""HTML comments amid other text: void, so taken out of the block they stand in."""

from __future__ import annotations

from curation.cards import Block

_WHOLE = frozenset({"code", "heading", "html"})


def part(text: str, blocks: list[Block]) -> list[Block]:
    """``blocks``, with every comment inside one a block of kind html of its own."""
    parted: list[Block] = []
    for block in blocks:
        if block.kind in _WHOLE or text.find("<!--", block.start, block.end) < 0:
            parted.append(block)
        else:
            parted += _parts(text, block)
    return parted


def _parts(text: str, block: Block) -> list[Block]:
    at = block.start
    line = block.line
    parts: list[Block] = []
    while (opened := text.find("<!--", at, block.end)) >= 0:
        closed = text.find("-->", opened + 4, block.end)
        if closed < 0:
            break
        for kind, end in ((block.kind, opened), ("html", closed + 3)):
            parts.append(Block(kind, at, end, line, block.section))
            line += text.count("\n", at, end)
            at = end
    parts.append(Block(block.kind, at, block.end, line, block.section))
    return [part for part in parts if text[part.start : part.end].strip(" \t\n")]
