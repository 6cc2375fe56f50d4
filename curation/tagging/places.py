"""Which place of the card a block is: its kind, and what its section is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter

from curation.cards import Card

#: What a heading may begin with or hold, and the place that prose and lists below it then are.
_ROLES = {
    "limits": ("limitation", "bias", "risk", "out of scope", "ethical", "caveat", "disclaimer",
               "future work", "not intended", "misuse", "known issue", "todo"),
    "related": ("other models", "related", "see also", "model zoo", "all models", "more models",
                "model family", "available models", "released models", "our models", "variants"),
    "citation": ("citation", "cite", "citing", "bibtex", "reference", "acknowledg", "license",
                 "licence", "contact", "author", "team", "contribut", "credits", "thanks"),
    "evaluation": ("evaluation", "result", "performance", "benchmark", "metric", "accuracy",
                   "leaderboard", "comparison", "score", "test"),
    "usage": ("how to", "usage", "use", "example", "quick", "getting started", "inference",
              "requirements", "installation", "get started", "running", "demo"),
    "training": ("training", "dataset", "data", "corpus", "corpora", "fine-tun", "finetun",
                 "pretrain", "pre-train", "hyperparameter", "procedure"),
}  # fmt: skip
#: Sections that say what the model is, although a word of ``_ROLES`` stands in their heading.
_INTENT = ("intended use", "model description", "intended", "use case", "uses")

_start = attrgetter("start")

#: A first paragraph shorter than this is a byline or a badge, in characters.
_LEAD = 40
#: Sections up to this index (the text above all headings, and below the title) introduce the model.
_INTRO = 1
#: No sentence is taken to be longer than this, in characters.
_SENTENCE = 240


#: What stands where an author has filled in nothing.
_NOTHING_SAID = "[More Information Needed]"
_EMPTY_FIELD = re.compile(r"^.*\[More Information Needed\].*$", re.MULTILINE)


class Regions:
    """The blocks of a card as places; ``starts`` and ``ends`` are theirs, in order.

    ``links`` are the spans of link targets, which stand within blocks.
    """

    def __init__(self, card: Card) -> None:
        self.text = _filled_in(card.text)
        self.links = card.links
        self.starts = [block.start for block in card.blocks]
        self.ends = [block.end for block in card.blocks]
        self._card = card
        paragraphs = (n for n, b in enumerate(card.blocks) if b.kind == "prose")
        self._lead = next((n for n in paragraphs if self._words(n) >= _LEAD), -1)

    def at(self, end: int, first: int) -> int:
        """The block, from ``first`` on, in which what ends at ``end`` does so; -1 if in none."""
        index = bisect_left(self.ends, end, first)
        return index if index < len(self.ends) else -1

    def sentence_end(self, start: int) -> int:
        """Where the sentence ends in which ``start`` stands, or its paragraph, if sooner."""
        ends = (self.text.find(mark, start, start + _SENTENCE) for mark in (". ", "\n\n", ".\n"))
        return min((end for end in ends if end >= 0), default=start + _SENTENCE)

    def introduces(self) -> bool:
        """Whether the card has words of its own on what the model is."""
        return self._lead >= 0 and self.place(self._lead) in ("lead", "intro")

    def _words(self, index: int) -> int:
        """The length of block ``index`` but for its link targets, in characters."""
        start, end = self.starts[index], self.ends[index]
        if end - start < _LEAD:
            return 0
        links = self.links[bisect_left(self.links, start, key=_start) :]
        inside = takewhile(lambda link: link.start < end, links)
        return end - start - sum(link.end - link.start for link in inside)

    def place(self, index: int) -> str:
        """The place that block ``index`` is."""
        card, block = self._card, self._card.blocks[index]
        kind = block.kind
        if kind == "heading":
            return "title" if index == card.title else "heading"
        if kind == "html":
            return "void"
        if kind not in ("prose", "list"):
            return kind
        if index == self._lead and block.section <= _INTRO + 1:
            return "lead"
        about = role(card.sections[block.section].title)
        if about == "prose":
            return "intro" if block.section <= _INTRO else kind
        return about


def _filled_in(text: str) -> str:
    """``text`` with the lines blank, at their length, whose fields nobody has filled in."""
    if _NOTHING_SAID not in text:
        return text
    return _EMPTY_FIELD.sub(lambda line: " " * len(line[0]), text)


@lru_cache(maxsize=65536)
def role(heading: str) -> str:
    """The place that prose below ``heading`` is, by what the heading says."""
    title = heading.lower()
    if any(word in title for word in _INTENT):
        return "prose"
    for place, words in _ROLES.items():
        if any(word in title for word in words):
            return place
    return "prose"
