"""What codes say of a model's languages, as statements."""

from __future__ import annotations

from functools import lru_cache

from curation.tagging import declared
from curation.tagging.marks import Statement, statements
from curation.tagging.signals import Line


def spelt(lines: list[Line], decided: list[Line]) -> list[Statement]:
    """Statements of the languages that are declared, and of those in the name."""
    found: list[Statement] = []
    for place, text in lines:
        if place == "language":
            found += _declared(text)
    name = [line for line in lines if line[0] == "name"][:1]
    found += statements(declared.side_by_side(name))
    found += statements(declared.speech(name))
    if ("decided", "translation") in decided:
        found += statements(declared.pair(name))
    return found


@lru_cache(maxsize=65_536)
def _declared(text: str) -> tuple[Statement, ...]:
    return tuple(statements(declared.declared([("language", text)])))
