"""Findings as data: one JSON document."""

from __future__ import annotations

from msgspec import structs

from curation.cli.output import Output
from curation.cli.validate.formats import Told


def write(told: Told, out: Output) -> None:
    """Print all findings, and what was mended."""
    found = told.places.located(told.findings)
    out.document(
        {
            "findings": [structs.replace(one, path=told.places.here(one.path)) for one in found],
            "mended": [told.places.here(path) for path in told.mended],
            "waived": told.waived,
        }
    )
