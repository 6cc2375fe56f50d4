"""Findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import curation
from curation.checks import manual
from curation.checks.codes import CODES
from curation.cli.output import Output
from curation.cli.validate.formats import Told
from curation.records import Finding

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def write(told: Told, out: Output) -> None:
    """Print one log with one run."""
    out.document(log(told))


def log(told: Told) -> dict[str, Any]:
    """The SARIF log of what was told."""
    found = told.places.located(told.findings)
    codes = sorted({one.code for one in found})
    driver = {
        "name": "curate",
        "semanticVersion": curation.__version__,
        "rules": [_rule(code) for code in codes],
    }
    results = [_result(one, codes.index(one.code), told) for one in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    about = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": about.title},
        "fullDescription": {"text": manual.page(code).why},
        "defaultConfiguration": {"level": about.severity},
    }


def _result(one: Finding, rule: int, told: Told) -> dict[str, Any]:
    message = f"{one.message}; {one.fix}" if one.fix else one.message
    where = {"uri": quote(told.places.from_top(one.path)), "uriBaseId": "%SRCROOT%"}
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": where}}
    if one.line:
        place["physicalLocation"]["region"] = {"startLine": one.line}
    if one.pointer:
        place["logicalLocations"] = [{"fullyQualifiedName": one.pointer}]
    return {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": message.replace("](", "] (")},  # else it could be a link to anywhere
        "locations": [place],
    }
