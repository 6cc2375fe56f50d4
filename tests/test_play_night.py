"""Two nights are played out, and a reviewer is told what happened: no more, no less."""

from __future__ import annotations

import html
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from markdown_it import MarkdownIt


def script(project: Path) -> ModuleType:
    path = project / "scripts" / "play_night.py"
    spec = importlib.util.spec_from_file_location("play_night", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory, project: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of a night of the sample models, and its figures."""
    folder = tmp_path_factory.mktemp("night")
    with pytest.MonkeyPatch.context() as patch:
        alone(patch, folder)
        play = script(project)
        return folder, play.play(play.sample_models(), folder / "told")


def alone(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    patch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))


def text(folder: Path, name: str) -> str:
    return (folder / "told" / name).read_text(encoding="utf-8")


Night = tuple[Path, dict[str, Any]]


def test_each_thing_that_happened_is_told_once(night: Night) -> None:
    _, told = night
    done = {what: len(names) for what, names in told["done"].items()}
    assert told["told"]["removed"] == done["gone"] == 1
    assert told["told"]["scope"] == done["scope"] == 1
    assert told["told"]["terms"] == done["licence"] == 1
    assert told["told"]["renamed"] == done["renames"]
    assert told["told"]["rules"] == 1
    assert told["routine"]["popularity"] == done["popularity"]
    news = ("revisions", "cards", "scope", "hostile", "licence")
    assert told["routine"]["facts.revision"] == sum(done[what] for what in news)


def test_the_rule_that_was_edited_is_named_with_what_it_moved(night: Night) -> None:
    folder, told = night
    moved = [tuple(one) for one in told["moved"] if one[0] == "own.derivation.families"]
    assert moved == [("own.derivation.families", "tags.derivation", "to", "finetuned", 2)]
    said = "rule own.derivation.families edited (terms); moved 2 tags of 2 models"
    assert said in text(folder, "changes.txt")


def test_the_policy_asks_for_a_person_and_says_why(night: Night) -> None:
    folder, told = night
    moved = {"removals", "scope", "license", "renames", "files"}
    assert set(told["asks"]) == moved | {"churn"}  # three models are much of forty
    assert "catalog/rules/own.toml" in text(folder, "verdict.md")
    verdict = json.loads(text(folder, "verdict.json"))
    assert (verdict["met"], verdict["risk"]) == (False, "high")


def test_the_gates_are_green(night: Night) -> None:
    folder, _ = night
    assert text(folder, "findings.txt").splitlines()[-1].startswith("no findings")
    assert json.loads(text(folder, "findings.sarif"))["version"] == "2.1.0"


# --- the hostile card


def test_of_the_hostile_card_nothing_lives_in_the_comment(night: Night) -> None:
    folder, told = night
    (name,) = told["done"]["hostile"]
    source = text(folder, "verdict.md") + text(folder, "changes.md")
    assert len(source) < 65_536
    (line,) = (line for line in source.splitlines() if f"`{name}` datasets" in line)
    assert "@everyone #1" in line
    shown = MarkdownIt("gfm-like", {"html": True, "linkify": True}).render(source)
    bare = html.unescape(re.sub("<code>.*?</code>", "", shown, flags=re.DOTALL))
    for live in ("@everyone", "#1 ", "evil.example", "<img", "<script", "<a ", "\u202e"):
        assert live not in bare


def test_of_the_hostile_card_nothing_lives_in_the_page(night: Night) -> None:
    folder, _ = night
    page = text(folder, "changes.html")
    assert "@everyone" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert not re.search(r"""(src|href)=["']?[^"'>]*evil""", page)


@pytest.mark.parametrize("name", ["changes.txt", "verdict.txt", "findings.txt"])
def test_of_the_hostile_card_nothing_steers_a_terminal(night: Night, name: str) -> None:
    folder, _ = night
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text(folder, name))


def test_in_json_the_hostile_card_is_data(night: Night, project: Path) -> None:
    folder, told = night
    items = [
        item
        for section in json.loads(text(folder, "changes.json"))["sections"]
        for group in section["groups"]
        for item in group["items"]
        if item["id"] == told["done"]["hostile"][0] and item["field"] == "facts.datasets"
    ]
    *visible, _ = script(project).HOSTILE  # a sync lets in none of what cannot be seen
    assert [sorted(item["new"]) for item in items] == [sorted(visible)]


@pytest.mark.slow
def test_three_hundred_real_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Path
) -> None:
    play = script(project)
    if not play.DUMP.exists():
        pytest.skip("the folder of Hub data is not here")
    alone(monkeypatch, tmp_path)
    told = play.play(play.real_models(play.DUMP, 300), tmp_path / "told")
    risks = ("removed", "scope", "terms", "renamed", "rules")
    assert [told["told"][risk] for risk in risks] == [1, 1, 1, 2, 1]
    assert told["routine"]["popularity"] == 200
    assert told["routine"]["facts.revision"] == 26  # 20, 5 cards, 1 licence
    (moved,) = re.findall(r"edited \(terms\); moved (\d+) tags", text(tmp_path, "changes.txt"))
    assert 9 <= int(moved) <= 15  # a dozen, as the stock packs have it
    assert set(told["asks"]) == {"removals", "scope", "license", "renames", "files"}
