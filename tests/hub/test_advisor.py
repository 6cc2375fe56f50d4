"""AI Model Advisor's file: its models are taken, its numbers are not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from curation.errors import InputError
from curation.hub import advisor


def row(name: str, **fields: Any) -> dict[str, Any]:
    return {"huggingFaceId": name, "sizeMB": 25, "accuracy": 0.75, "name": "x", **fields}


def file(*rows: dict[str, Any], **fields: Any) -> bytes:
    models = {"vision": {"classification": {"lightweight": list(rows)}}}
    return json.dumps({"lastUpdated": "2026-08-14", "models": models, **fields}).encode()


def test_rows_of_one_model_are_one_model() -> None:
    found = advisor.read(file(row("a/one"), row("a/two"), row("a/one", sizeMB=50)), "m.json")
    assert (found.rows, list(found.decisions)) == (3, ["a/one", "a/two"])
    (doubt,) = found.doubts
    assert doubt.code == "CUR602"
    assert doubt.place == ("models", "vision", "classification", "lightweight", 2, "sizeMB")
    assert doubt.message == "a/one has 50 MB here, and 25 MB further up"


@pytest.mark.parametrize(
    ("name", "said", "facet", "value"),
    [
        ("a/one", "domain:finance", "domains", ("finance",)),
        ("a/one", "language:spanish", "languages", ("es",)),
        ("a/one", "task:nsfw", "subtask", "nsfw-detection"),
        ("a/table-detection", "task:tables", "subtask", "table-detection"),
        ("a/table-structure-recognition", "task:tables", "subtask", "table-structure-recognition"),
    ],
)
def test_a_specialization_becomes_a_decision_with_its_origin(
    name: str, said: str, facet: str, value: Any
) -> None:
    found = advisor.read(file(row(name, specialization=said)), "m.json")
    (decision,) = found.decisions[name].values()
    assert list(found.decisions[name]) == [facet]
    assert (decision.value, decision.by, decision.on) == (value, "AI Model Advisor", "2026-08-14")
    assert said in decision.reason


@pytest.mark.parametrize(
    "said", ["task:dancing", "task:tables", "domain:finances", "language:klingonese", "mood:x", ""]
)
def test_what_has_no_value_of_ours_is_told(said: str) -> None:
    found = advisor.read(file(row("a/one", specialization=said)), "m.json")
    assert found.decisions == {"a/one": {}}
    assert [one.code for one in found.doubts] == (["CUR606"] if said else [])
    assert all("no value of ours" in one.message for one in found.doubts)


def test_two_narrow_tasks_are_no_decision() -> None:
    rows = [row("a/one", specialization=said) for said in ("task:nsfw", "task:toxicity")]
    found = advisor.read(file(*rows), "m.json")
    assert found.decisions == {"a/one": {}}
    assert "several narrow tasks" in found.doubts[0].message


def test_invented_numbers_are_told() -> None:
    rows = [row(f"a/m{n}") for n in range(5)]
    odd = row("a/big-35B", sizeMB=1, accuracy=0.91)
    doubts = advisor.read(file(*rows, odd), "m.json").doubts
    assert [(one.code, one.place[-2:], one.message) for one in doubts] == [
        (
            "CUR601",
            (5, "sizeMB"),
            "a/big-35B has 1 MB, but its name says 35,000,000,000 parameters",
        ),
        ("CUR603", (0, "sizeMB"), "5 rows have the sizeMB 25: a default, not a measurement"),
        ("CUR603", (0, "accuracy"), "5 rows have the accuracy 0.75: a default, not a measurement"),
    ]


def test_a_placeholder_is_no_model() -> None:
    found = advisor.read(file(row("placeholder/x", sizeMB=3), row("a/one")), "m.json")
    assert list(found.decisions) == ["a/one"]
    assert [one.code for one in found.doubts] == ["CUR604"]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"\xff", b'{"models": {}}', file(lastUpdated="today\nx"), file({"id": 3})]
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"m\.json: not a models\.json"):
        advisor.read(data, "m.json")


@pytest.mark.parametrize("name", ["../x", "a/b/c", "a\\b", "", "x" * 300])
def test_an_id_that_is_none_is_told(name: str) -> None:
    found = advisor.read(file(row(name)), "m.json")
    assert (found.decisions, len(found.doubts)) == ({}, 1)


def test_the_real_file_has_128_models_and_two_placeholders(project: Path) -> None:
    path = project.parent / "shared" / "hub" / "advisor-models.json"
    if not path.exists():
        pytest.skip("the real file is not beside this checkout")
    found = advisor.read(path.read_bytes(), "models.json")
    assert (found.rows, len(found.decisions)) == (158, 128)
    assert sum(map(bool, found.decisions.values())) == 19
    assert Counter(one.code for one in found.doubts) == {
        "CUR601": 8,
        "CUR602": 7,
        "CUR603": 7,
        "CUR604": 2,
    }
