"""Findings as annotations of a workflow run on GitHub: they show in the changed files."""

from __future__ import annotations

from curation.cli.output import Output
from curation.cli.validate.formats import Told, text
from curation.records import Finding

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def write(told: Told, out: Output) -> None:
    """Print one workflow command for each finding, then the total."""
    for one in told.places.located(told.findings):
        place = {
            "file": told.places.from_top(one.path),
            "line": str(one.line or 1),
            "title": one.code,
        }
        out.annotation(_COMMANDS[one.severity], place, _message(one))
    out.line(text.total(told))


def _message(one: Finding) -> str:
    return f"{one.message}; {text.worded(one.fix)}" if one.fix else one.message
