"""How findings are told: one format a file, with ``write``; ``validate`` has their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from curation.cli.validate.formats.places import Places
from curation.records import Finding


class Told(NamedTuple):
    """What a run found. Paths are from the catalog's folder; ``places`` makes others of them.

    ``waived`` counts; ``quiet`` asks to count warnings only.
    """

    findings: Sequence[Finding]
    waived: int
    mended: Sequence[str]
    places: Places
    quiet: bool
