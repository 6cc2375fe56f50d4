"""``curate rules`` and its sub-commands, on small inputs of their own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from curation import packs
from curation.cli.main import main
from curation.tagging import calibration

Captured = pytest.CaptureFixture[str]

PACK = """name = "mine"
version = "1.0.0"
about = "Tests."

[[rule]]
id = "mine.task"
why = "Because."
places = { task = 3.0 }
source = "task-ids"
accepts = ["task: fill-mask"]
rejects = ["name: fill-mask"]

[[rule]]
id = "mine.beehives"
why = "Because."
places = { name = 2.0 }
supports = "domains:agriculture"
terms = ["beehive"]
accepts = ["name: beehives"]
rejects = ["name: bee"]
"""
GOLD = {
    "id": "acme/beehive-counter",
    "scope": "unknown",
    "kinds": [],
    "task": "object-detection",
    "subtask": None,
    "domains": [],
    "languages": ["zxx"],
    "platforms": [],
    "derivation": [],
}
MODELS = [
    {"id": "acme/beehive-counter", "pipeline_tag": "object-detection", "tags": []},
    {"id": "acme/weather", "pipeline_tag": "fill-mask", "tags": ["en"]},
]


@pytest.fixture
def stock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small pack in the place of the stock ones, which take a while to compile."""
    path = tmp_path / "stock.toml"
    path.write_text(PACK)
    small = (packs.load(path),)
    monkeypatch.setattr(packs, "stock", lambda: small)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return lines(tmp_path / "models.jsonl", MODELS)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return lines(tmp_path / "gold.jsonl", [GOLD])


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def said(capsys: Captured) -> Any:
    return json.loads(capsys.readouterr().out)


def test_the_rules_of_a_catalog_are_tested_with_the_stock_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "catalog.toml").touch()
    (tmp_path / "rules" / "mine.toml").write_text(PACK)
    monkeypatch.chdir(tmp_path)
    assert main(["rules", "test", "--json"]) == 1
    found = said(capsys)
    assert "mine.beehives" in {failure["rule"] for failure in found["failures"]}
    assert found["rules"] > 2


def test_a_rule_that_fails_is_named_with_its_line(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(PACK)
    assert main(["rules", "test", "--pack", str(path)]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == (
        f"{path}:14 mine.beehives: should accept 'name: beehives'; alone it does not"
    )
    assert shown[-1] == "2 rules, 2 failures"
    path.write_text(PACK.replace("name: beehives", "name: beehive-1"))
    assert main(["rules", "test", "--pack", str(path), "--json"]) == 0
    assert said(capsys) == {"rules": 2, "failures": []}


@pytest.mark.usefixtures("stock")
def test_stats_without_gold_say_how_often_rules_fire(models: Path, capsys: Captured) -> None:
    assert main(["rules", "stats", "--from", str(models), "--json"]) == 0
    found = said(capsys)
    by_rule = {one["rule"]: one for one in found["rules"]}
    assert by_rule["mine.task"]["models"] == 2
    assert by_rule["mine.task"]["helps"] is None
    assert found["annotated"] == 0


@pytest.mark.usefixtures("stock")
def test_stats_with_gold_say_what_rules_are_worth(
    models: Path, gold: Path, capsys: Captured
) -> None:
    assert main(["rules", "stats", "--gold", str(gold), "--from", str(models)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].split()[:5] == ["rule", "models", "chosen", "right", "of"]
    (declared,) = (line.split() for line in shown if line.startswith("mine.task "))
    assert declared[1:5] == ["2", "2", "1.00", "1"]
    assert [line.partition(":")[0] for line in shown[-3:]] == [
        "dead",
        "shadowed",
        "more harm than help",
    ]


@pytest.mark.usefixtures("stock")
def test_a_diff_shows_what_moves_and_why(tmp_path: Path, models: Path, capsys: Captured) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "mine.toml").write_text(PACK.replace("agriculture", "finance"))
    words = ["rules", "diff", str(tmp_path / "base"), "--from", str(models)]
    assert main(words) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path / 'base'} → present: 1 of 2 models change",
        "mine.beehives: 1",
        "  acme/beehive-counter: domains: finance → agriculture",
    ]
    assert main([*words, "--json"]) == 0
    found = said(capsys)
    assert (found["models"], found["moved"]) == (2, 1)
    assert [group["rule"] for group in found["rules"]] == ["mine.beehives"]


@pytest.mark.usefixtures("stock")
def test_a_diff_shows_no_more_than_asked(tmp_path: Path, models: Path, capsys: Captured) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "mine.toml").write_text(PACK.replace("task = 3.0", "tag = 3.0"))
    words = ["rules", "diff", str(tmp_path / "base"), "--from", str(models), "--show", "1"]
    assert main(words) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].endswith("2 of 2 models change")
    assert shown[-1].startswith("  and ")


@pytest.mark.usefixtures("stock")
def test_a_fit_is_written_once_and_then_checked(
    tmp_path: Path, models: Path, gold: Path, capsys: Captured
) -> None:
    path = tmp_path / "calibration.toml"
    shutil.copy(calibration.FILE, path)
    words = ["rules", "fit", "--gold", str(gold), "--from", str(models), "--file", str(path)]
    before = path.read_bytes()
    assert main([*words, "--check"]) == 1
    assert path.read_bytes() == before
    assert "out of date" in capsys.readouterr().err
    assert main(words) == 0
    assert path.read_bytes() != before
    assert main([*words, "--check", "--json"]) == 0


def test_gold_that_the_files_do_not_hold_is_said(
    tmp_path: Path, models: Path, stock: None, capsys: Captured
) -> None:
    strange = lines(tmp_path / "gold.jsonl", [GOLD | {"id": "acme/none"}])
    words = ["--gold", str(strange), "--from", str(models)]
    assert main(["rules", "stats", *words]) == 0
    assert "1 annotated models are in none of the files" in capsys.readouterr().err
    assert main(["rules", "fit", "--check", *words]) == 2
    assert "none of the annotated models is in these files" in capsys.readouterr().err


def test_every_sub_command_has_help(capsys: Captured) -> None:
    for name in ("test", "stats", "diff", "fit"):
        assert main(["rules", name, "--help"]) == 0
        assert f"curate rules {name}" in capsys.readouterr().out
    assert main(["rules"]) == 2
    assert main(["rules", "tset"]) == 2
