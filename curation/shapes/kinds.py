"""The kinds of files that have a schema. A new kind is one line here.

A digest is what ``curate diff`` tells as JSON, a verdict what ``curate policy`` does; they are no
files of a catalog.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from curation.digest import Digest
from curation.model import Document
from curation.published import Advisor, Changes, LeftOut, Provenance
from curation.records import Override, Record
from curation.rules import Pack
from curation.store.ledgers import Rejections, Tombstones, Waivers
from curation.store.settings import Settings
from curation.verdict import Verdict
from curation.vocabulary import Value


class Kind(NamedTuple):
    """A kind of file: its schema's name, its type, and who writes it.

    People may leave out what has a default; the machine writes every key.
    """

    name: str
    shape: Any
    author: Literal["people", "machine"]


KINDS = (
    Kind("advisor", Advisor, "machine"),
    Kind("catalog", Settings, "people"),
    Kind("changes", Changes, "machine"),
    Kind("digest", Digest, "machine"),
    Kind("left-out", LeftOut, "machine"),
    Kind("override", Override, "people"),
    Kind("pack", Pack, "people"),
    Kind("provenance", Provenance, "machine"),
    Kind("record", Record, "machine"),
    Kind("rejections", Rejections, "people"),
    Kind("release", Document, "machine"),
    Kind("tombstones", Tombstones, "people"),
    Kind("verdict", Verdict, "machine"),
    Kind("vocabulary", dict[str, Value], "people"),
    Kind("waivers", Waivers, "people"),
)
