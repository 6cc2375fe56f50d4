"""Layer 1: each file against its JSON Schema.

A compiled validator accepts; only a file that it refuses is read again by ``jsonschema``, which can
say what is wrong.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from curation import roots
from curation.checks.codes import finding
from curation.checks.lines import Path, lines_of, pointer
from curation.records import Finding
from curation.store.flaws import Flaw

if TYPE_CHECKING:
    import jsonschema_rs


def check(kind: str, path: str, text: str, value: Any) -> list[Finding]:
    """What the schema of ``kind`` holds against ``value``, which ``text`` says."""
    if fits(kind, value):
        return []
    from curation.checks.explain import misfits

    found = misfits(_schema(kind), value)
    if not found:  # the two validators disagree: the compiled one is right, and says so itself
        found = [(tuple(e.instance_path), e.message[:200]) for e in _refusals(kind, value)]
    located = lines_of(path, text, [place for place, _ in found])
    return [
        finding("CUR105", path, _worded(place, what), line=line, pointer=pointer(place))
        for (place, what), line in zip(found, located, strict=True)
    ]


def fits(kind: str, value: Any) -> bool:
    """Whether ``value`` is what the schema of ``kind`` demands. Raises Flaw if it is too deep."""
    try:
        return _validator(kind).is_valid(value)
    except ValueError as error:
        raise Flaw("nested too deeply") from error


def _worded(place: Path, what: str) -> str:
    return f"{pointer(place)}: {what}" if place else what


def _refusals(kind: str, value: Any) -> list[jsonschema_rs.ValidationError]:
    return list(_validator(kind).iter_errors(value))[:1]


@cache
def _validator(kind: str) -> jsonschema_rs.Validator:
    import jsonschema_rs  # not needed where all files are known

    return jsonschema_rs.validator_for(_text(kind))


def _schema(kind: str) -> Any:
    return json.loads(_text(kind))


@cache
def _text(kind: str) -> str:
    return (roots.schemas() / f"{kind}.schema.json").read_text(encoding="utf-8")
