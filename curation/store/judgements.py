"""What a person had before their eyes when they decided, kept to say later what changed.

A decision holds only a hash of it. ``.curate/judged.json`` is a memory beside that, ignored by
git: where it is absent or broken, less can be told, and nothing else is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from curation import evidence
from curation.evidence import Said
from curation.records import FacetTags
from curation.store import atomic, tree

FILE = "judged.json"


class Judgements(msgspec.Struct):
    """``judged`` and ``stated`` lead from hashes to what was said, and what the Hub stated.

    ``skipped`` leads from what was put off to the hash of the evidence on it.
    """

    judged: dict[str, list[Said]] = {}
    stated: dict[str, str] = {}
    skipped: dict[str, str] = {}

    def remember(self, facets: Iterable[FacetTags]) -> None:
        """Keep what was said of each facet."""
        self.judged |= {evidence.judged(facet): evidence.said(facet) for facet in facets}


def load(folder: Path) -> Judgements:
    """The memory in ``folder``, empty if there is none that can be read."""
    try:
        return msgspec.json.decode(tree.read(folder / FILE), type=Judgements)
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        return Judgements()


def save(folder: Path, memory: Judgements) -> None:
    """Replace the memory in ``folder``."""
    atomic.replace(folder / FILE, msgspec.json.encode(memory))
