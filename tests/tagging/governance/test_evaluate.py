from __future__ import annotations

import pytest

from curation.records import GOLD
from curation.tagging.governance.evaluate import score
from curation.tagging.governance.gold import Gold


def gold(model_id: str, **fields: object) -> Gold:
    known: dict[str, object] = {
        "scope": "general",
        "kinds": (),
        "task": "fill-mask",
        "subtask": None,
        "domains": (),
        "languages": ("en",),
        "platforms": (),
        "derivation": (),
    }
    return Gold(id=model_id, **(known | fields))  # type: ignore[arg-type]


def row(**fields: object) -> dict[str, object]:
    return {
        "scope": "general",
        "kinds": [],
        "task": "fill-mask",
        "subtask": None,
        "domains": [],
        "languages": ["en"],
        "platforms": [],
        "derivation": [],
        "confidence": {name: {} for name in GOLD},
        "review": [],
    } | fields


def test_accuracy_and_f1_are_counted_over_models() -> None:
    lines = [gold("a"), gold("b", languages=("de", "fr"))]
    found = score(lines, {"a": row(task="translation"), "b": row(languages=["de"])})
    assert found.single["task"].accuracy == 0.5
    assert found.sets["languages"].precision == 1.0
    assert found.sets["languages"].recall == pytest.approx(2 / 3, abs=1e-4)
    assert found.sets["languages"].exact == 0.5


def test_disputed_fields_are_not_scored() -> None:
    found = score([gold("a", disputed=("task",))], {"a": row(task="translation")})
    assert found.single["task"].n == 0
    assert found.single["task"].accuracy is None
    assert found.errors == ()


def test_und_counts_as_saying_nothing() -> None:
    found = score([gold("a", languages=("und",))], {"a": row(languages=[])})
    assert found.sets["languages"].exact == 1.0
    assert found.sets["languages"].f1 is None


def test_other_is_no_named_subtask() -> None:
    lines = [gold("a", subtask="other"), gold("b", subtask="spam-detection")]
    found = score(lines, {"a": row(), "b": row(subtask="spam-detection")})
    assert found.single["subtask"].accuracy == 0.5
    assert found.single["subtask where named"].accuracy == 1.0


def test_models_that_no_input_holds_are_named() -> None:
    assert score([gold("a")], {}).missing == ("a",)
