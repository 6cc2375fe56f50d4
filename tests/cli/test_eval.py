from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from curation.cli.main import main
from curation.records import INFERRED

GOLD: dict[str, Any] = {
    "id": "acme/masks",
    "scope": "unknown",
    "kinds": [],
    "task": "fill-mask",
    "subtask": None,
    "domains": [],
    "languages": ["de"],
    "platforms": [],
    "derivation": [],
}
MODEL = {"id": "acme/masks", "pipeline_tag": "fill-mask", "tags": ["de"]}


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    for name, row in (("gold", GOLD), ("models", MODEL)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return ["eval", str(tmp_path / "gold.jsonl"), "--from", str(tmp_path / "models.jsonl")]


def test_scores_and_certainty_are_shown(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    shown = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["task", "accuracy", "1.0000", "(1/1)"] in shown
    assert any(line[:3] == ["task", "calibration", "error"] for line in shown)
    assert any(line[0] == "all" for line in shown)


def test_json_holds_the_certainty_of_each_facet(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--json"]) == 0
    (scores,) = json.loads(capsys.readouterr().out)["files"].values()
    assert scores["single"]["task"]["accuracy"] == 1.0
    found = scores["certainty"]
    assert found["task"]["n"] == 1
    assert found["all"]["n"] == sum(found[facet]["n"] for facet in INFERRED)
    assert set(found["task"]) == {"n", "ece", "precision", "coverage"}
