"""Findings as data: one JSON document."""

from __future__ import annotations

from curation.cli.output import Output
from curation.cli.validate.formats import Told


def write(told: Told, out: Output) -> None:
    """Print all findings, and what was mended."""
    out.document(
        {
            "findings": told.places.told(told.findings),
            "mended": [told.places.here(path) for path in told.mended],
            "waived": told.waived,
        }
    )
