"""Small packs of rules, and models that are heard by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curation.card import parse
from curation.records import Facts
from curation.rules import Pack, Rule
from curation.tagging import Tagger
from curation.tagging.governance.cases import Case
from curation.tagging.governance.gold import Gold

Build = Callable[..., Any]


@pytest.fixture
def rule() -> Build:
    """Builds a rule on names and leads, for finance unless told otherwise."""

    def build(rule_id: str, **fields: Any) -> Rule:
        known: dict[str, Any] = {
            "id": rule_id,
            "why": "Because.",
            "places": {"name": 2.0, "lead": 2.0},
            "supports": "domains:finance",
            "terms": ("bank",),
            "accepts": ("name: bank-bert",),
            "rejects": ("name: bert",),
        }
        return Rule(**(known | fields))

    return build


@pytest.fixture
def pack() -> Build:
    """Builds a pack of some rules."""

    def build(*rules: Rule, name: str = "ours") -> Pack:
        return Pack(name=name, version="1.0.0", about="Tests.", rule=rules)

    return build


@pytest.fixture
def gold() -> Build:
    """Builds a gold line that says nothing but what it is told to."""

    def build(model_id: str, **fields: Any) -> Gold:
        known: dict[str, Any] = {"scope": "unknown", "task": None, "subtask": None}
        known |= dict.fromkeys(("kinds", "domains", "languages", "platforms", "derivation"), ())
        if fields.get("domains"):
            known |= {"scope": "specialized", "kinds": ("domain",)}
        return Gold(id=model_id, **(known | fields))

    return build


@pytest.fixture
def case() -> Build:
    """Builds an annotated model, heard and decided by ``tagger``."""

    def build(tagger: Tagger, line: Gold, card: str | None = None, **facts: Any) -> Case:
        heard = tagger.hear(line.id, Facts(**facts), parse(card) if card else None)
        return Case(line, heard, tagger.decide(heard))

    return build
