"""BibTeX wherever it stands."""

from __future__ import annotations

import re
from bisect import bisect_right

from curation.cards import Block

_ENTRY = re.compile(
    r"@(?:article|inproceedings|misc|conference|proceedings|book|booklet|incollection|inbook"
    r"|phdthesis|mastersthesis|thesis|techreport|report|manual|online|electronic|software|dataset"
    r"|preprint|unpublished)\s*+\{",
    re.IGNORECASE,
)
_KEPT = frozenset({"heading", "html", "citation"})


def mark(text: str, blocks: list[Block]) -> None:
    """Make citations of the ``blocks`` that hold a BibTeX entry."""
    if "@" not in text:
        return
    for entry in _ENTRY.finditer(text):
        at = entry.start()
        index = bisect_right(blocks, at, key=_start) - 1
        if index < 0:
            continue
        block = blocks[index]
        if at < block.end and block.kind not in _KEPT:
            blocks[index] = Block("citation", block.start, block.end, block.line, block.section)


def _start(block: Block) -> int:
    return block.start
