"""The codes of the findings: never reused, never given another meaning."""

from __future__ import annotations

from typing import NamedTuple

from curation.records import Finding, Severity


class Code(NamedTuple):
    """What a code stands for, and the command that usually mends it."""

    title: str
    severity: Severity = "error"
    fix: str | None = None


#: Findings of one code that are told of one file: a file of another kind has thousands.
MOST = 20

#: The command that brings a file into the form it should have.
MEND = "curate validate --fix"

CODES: dict[str, Code] = {
    "CUR101": Code("a file that cannot be read"),
    "CUR102": Code("a file that has no place here", fix="move or remove it"),
    "CUR103": Code("not the JSON, TOML or CSV that it should be"),
    "CUR104": Code("the same key twice"),
    "CUR105": Code("does not fit its schema"),
    "CUR106": Code("not in canonical form", fix=MEND),
    "CUR107": Code("the id is not the path", fix="move the file to the path of its id"),
    "CUR108": Code("written by another version", fix="curate migrate"),
}


def finding(
    code: str,
    path: str,
    message: str,
    *,
    line: int | None = None,
    pointer: str | None = None,
    fix: str | None = None,
) -> Finding:
    """A finding of ``code``; ``path`` is relative to the catalog's folder."""
    return Finding(
        code=code,
        severity=CODES[code].severity,
        path=path,
        line=line,
        pointer=pointer,
        message=message,
        fix=fix or CODES[code].fix,
    )
