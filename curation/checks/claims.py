"""Claims: what a check holds against a place, before anybody has looked up its line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import structs

from curation.checks.codes import finding
from curation.checks.lines import Path, lines_of, place_of, pointer
from curation.records import Finding


class Claim(NamedTuple):
    """A code, the file it is held against (from the catalog's folder), the place in it, and why.

    ``fix`` replaces what usually mends a finding of the code.
    """

    code: str
    path: str
    place: Path
    message: str
    fix: str | None = None


def of_record(model_id: str, code: str, place: Path, message: str, fix: str | None = None) -> Claim:
    """A claim against the record of ``model_id``."""
    return Claim(code, f"models/{model_id}.json", place, message, fix)


def of_override(model_id: str, code: str, place: Path, message: str) -> Claim:
    """A claim against the decisions on ``model_id``."""
    return Claim(code, f"overrides/{model_id}.toml", place, message)


def located(claims: Iterable[Claim], text: str | None) -> list[Finding]:
    """The findings that ``claims`` against one file with this text come to, with their lines."""
    return with_lines([unlocated(claim) for claim in claims], text)


def unlocated(claim: Claim) -> Finding:
    """The finding that ``claim`` comes to; to look up its line takes the file's text."""
    where = pointer(claim.place) or None
    return finding(claim.code, claim.path, claim.message, pointer=where, fix=claim.fix)


def with_lines(findings: list[Finding], text: str | None) -> list[Finding]:
    """Findings on one file, each with the line of its pointer; None is a file that is not there."""
    places = [place_of(one.pointer) for one in findings if _lacks_line(one)]
    if not places or text is None:
        return findings
    lines = iter(lines_of(findings[0].path, text, places))
    return [structs.replace(o, line=next(lines)) if _lacks_line(o) else o for o in findings]


def _lacks_line(one: Finding) -> bool:
    return one.line is None and one.pointer is not None
