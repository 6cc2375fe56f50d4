"""The digest as Markdown for a comment: the riskiest first, cut at a clean edge.

All that is not ours stands in code spans, where Markdown and GitHub read neither mentions,
references, links, images nor HTML; what could not be seen there is written out. The rest is our
own words, lists and headings: no table that a cell could break, and no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from curation.digest import Digest, Group, Item, Section
from curation.ids import clip
from curation.review import words
from curation.review.digesting import FOLLOWING
from curation.review.headlines import headline
from curation.review.sides import WORKING_TREE
from curation.review.visible import visible
from curation.review.words import Phrase, Said

#: GitHub takes comments of fewer than 65,536 characters; ours are no longer in bytes either, with
#: the policy's answer above.
MOST_BYTES = 58_000
#: A section may take this share of the room that is left, or an equal one if that is more.
SHARE = 0.3
#: Bytes kept for the title of each section, and for the line that says how much was left out.
_NOTICE = 250
#: Examples of what a rule moved, and of what it left in doubt.
OF_A_RULE = 3
OF_A_DOUBT = 10

_BACKTICKS = re.compile("`+")
#: GitHub reads a code span of no more backticks than 80 (MAXBACKTICKS of cmark).
_LONGEST_FENCE = 80
_ALARMING = {"removed": "🔴", "scope": "🔴", "terms": "🔴", "doubt": "🟠"}
#: An item with its evidence, or a title: lines that are shown together or not at all.
Block = str


def render(digest: Digest) -> str:
    """The whole comment, of at most MOST_BYTES bytes whatever the digest holds."""
    head = _head(digest)
    if digest.only_popularity or not digest.sections:
        return head
    foot = _foot(digest)
    room = MOST_BYTES - _size(head) - _size(foot) - _NOTICE * (len(digest.sections) + 1)
    parts, left_out = [head], 0
    for number, section in enumerate(digest.sections):
        share = max(SHARE, 1 / (len(digest.sections) - number))
        text, missed, used = _fitted(section, int(room * share))
        room -= used
        left_out += missed
        parts.append(text)
    if left_out:
        parts.append(f"\n**Left out here: {words.counted(left_out, 'change')}.**\n")
    return "".join([*parts, foot])


def code(text: str) -> str:
    """``text`` as a code span that nothing in it can end."""
    shown = visible(text).replace("\n", " ") or " "
    longest = max((len(run) for run in _BACKTICKS.findall(shown)), default=0)
    if longest >= _LONGEST_FENCE:
        shown, longest = shown.replace("`", "\\u0060"), 0
    fence = "`" * (longest + 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def phrase(parts: Phrase) -> str:
    """A phrase with what is not ours in code spans."""
    return "".join(code(part) if isinstance(part, Said) else part for part in parts)


def _head(digest: Digest) -> str:
    span = f"{_name(digest.base)} → {_name(digest.head)}"
    if digest.only_popularity:
        models = words.counted(digest.models, "model")
        return f"{span}: nothing but popularity changed, of {models}.\n"
    if not digest.sections:
        return f"{span}: nothing changed.\n"
    notes = "".join(f"\n> {note}\n" for note in digest.notes)
    counts = ", ".join(f"{one.title.lower()} **{one.count:,}**" for one in digest.sections)
    return f"## What changed: {span}\n{notes}\n{counts}\n"


def _foot(digest: Digest) -> str:
    head = "" if digest.head == WORKING_TREE else f"..{digest.head}"
    made = f"curate diff {digest.base}{head} --format html --to changes.html"
    return f"\nEverything, to filter: the HTML page, made by {code(clip(made, 300))}.\n"


def _name(side: str) -> str:
    return code(words.side(side))


def _fitted(section: Section, room: int) -> tuple[str, int, int]:
    """What of a section fits into ``room`` bytes, how many changes do not, and the bytes used."""
    mark = f"{_ALARMING[section.risk]} " if section.risk in _ALARMING else ""
    title = f"\n### {mark}{words.heading(section)}\n\n"
    if section.risk == "routine":
        text = f"{words.tally(section)}\n"
        return title + text, 0, _size(text)
    kept, used, missed = [title], 0, section.count
    for block, told in _blocks(section):
        if used + _size(block) > room:
            kept.append(f"- … and {missed:,} more\n")
            break
        kept.append(block)
        used += _size(block)
        missed -= told
    return "".join(kept), missed, used


def _blocks(section: Section) -> Iterator[tuple[Block, int]]:
    """Blocks of a section, each with how many changes it tells of."""
    for group in section.groups:
        titled = group.field is not None and (section.risk == "tag" or group.count > 1)
        if not titled:
            yield from ((_block(item, ""), 1) for item in group.items)
        elif group.field in FOLLOWING:
            yield f"- {phrase(words.title(group))}\n", group.count
        else:
            yield _titled(group, OF_A_RULE if section.risk == "tag" else OF_A_DOUBT), group.count


def _titled(group: Group, most: int) -> Block:
    shown = group.items[:most]
    more = f": {len(shown)} shown" if group.count > len(shown) else ""
    blocks = (_block(item, "  ") for item in shown)
    return f"- {phrase(words.title(group))}{more}\n{''.join(blocks)}"


def _block(item: Item, pad: str) -> Block:
    lines = [f"{pad}- {phrase(headline(item))}\n"]
    for word, standing in (("was", item.was), ("now", item.now)):
        best = words.strongest(standing)
        if best:
            lines.append(f"{pad}  - {word}: {phrase(words.reason(best))}\n")
    return "".join(lines)


def _size(text: str) -> int:
    return len(text.encode())
