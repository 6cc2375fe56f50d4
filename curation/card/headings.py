"""What headings say, and which of them is the document's title."""

from __future__ import annotations

import re

from curation.cards import Block, Section

_TAG = re.compile(r"<[^<>]*+>")
_WORD = re.compile(r"[^\W\d_]+")
_MAX_CITING = 4


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


_CITE = _words("bibtex citation citations cite citing")
_AROUND_CITE = _CITE | _words(
    """a acknowledgement acknowledgements acknowledgment acknowledgments and as author authors bib
    contact credit credits dataset entry for how i if in info information instructions is model of
    optional original our paper papers please publication reference references related should the
    this to todo us use used we with work you your"""
)
_REFER = _words("bibliography reference references")
_AROUND_REFER = _REFER | _words(
    """acknowledgement acknowledgements acknowledgment acknowledgments and author authors credits
    further reading"""
)


def read(heading: str) -> tuple[int, str]:
    """Level and title of ``# T``, of ``T`` over ``===``, or of ``<h1>T</h1>``."""
    if heading[0] == "#" and "\n" not in heading:
        title = heading.lstrip("#")
        level = len(heading) - len(title)
        title = title.strip(" \t*")
        return level, _closed(title) if title[-1:] == "#" else title
    if heading[:2] in ("<h", "<H") and heading[-1] == ">":
        return int(heading[2]), " ".join(_TAG.sub("", heading).split())
    title, underline = heading.rsplit("\n", 1)
    return (1 if "=" in underline else 2), title.strip(" \t*")


def _closed(title: str) -> str:
    """Without the hashes that may close it: ``# C# #`` is ``C#``."""
    bare = title.rstrip("#")
    return (bare if bare[-1:] in " \t" else title).strip(" \t*")


def cites(title: str) -> bool:
    """Whether what stands under this title is citations."""
    lower = title.lower()
    if not ("cit" in lower or "refer" in lower or "bib" in lower):
        return False
    words = _WORD.findall(lower[:120])
    if _CITE.isdisjoint(words):
        return not _REFER.isdisjoint(words) and _AROUND_REFER.issuperset(words)
    cites_something = words[0] in ("cite", "citing") and len(words) <= _MAX_CITING
    return cites_something or _AROUND_CITE.issuperset(words)


def title_index(blocks: list[Block], sections: list[Section]) -> int | None:
    """The first heading of level 1, else the first heading if it precedes all prose."""
    first = None
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            if sections[block.section].level == 1:
                return index
            if first is None:
                first = index
        elif first is None and block.kind == "prose":
            first = -1
    return None if first == -1 else first
