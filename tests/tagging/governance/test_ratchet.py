"""Scores on annotated models hold: on plain facts anywhere, on whole cards where they are."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from curation.tagging.governance import ratchet


@pytest.fixture(scope="module")
def script(project: Path) -> dict[str, Any]:
    return runpy.run_path(str(project / "scripts" / "build_gold.py"))


@pytest.fixture(scope="module")
def shared(project: Path) -> Path:
    folder = project.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("the whole cards are not at hand: no folder ../shared")
    return folder


def held(kind: str, found: dict[str, dict[str, float]], project: Path) -> list[str]:
    raw = (project / "tests" / "gold" / "ratchet.toml").read_text(encoding="utf-8")
    committed = tomllib.loads(raw)[kind]
    assert set(committed) == set(found)
    return [
        f"{kind}.{name}: {text}"
        for name in found
        for text in ratchet.complaints(found[name], committed[name])
    ]


def scored(script: dict[str, Any], sources: list[Path]) -> dict[str, dict[str, float]]:
    gold = {
        name: script["read_gold"](script["TARGET"] / f"{name}.jsonl") for name in script["NAMES"]
    }
    found: dict[str, dict[str, float]] = script["scored"](gold, sources)
    return found


def test_scores_on_plain_facts_hold(script: dict[str, Any], project: Path) -> None:
    found = scored(script, [script["TARGET"] / script["FACTS"]])
    wrong = held("facts", found, project)
    assert not wrong, "\n".join(wrong)


def test_scores_on_whole_cards_hold(script: dict[str, Any], shared: Path, project: Path) -> None:
    found = scored(script, script["corpora"](shared))
    wrong = held("cards", found, project)
    assert not wrong, "\n".join(wrong)


def test_the_gold_files_are_what_their_sources_give(script: dict[str, Any], shared: Path) -> None:
    stale = [name for name, text in script["build"](shared) if text != script["current"](name)]
    assert not stale, "run scripts/build_gold.py"


def test_facts_are_no_prose(script: dict[str, Any]) -> None:
    card = (
        '---\nlanguage: no\nlicense: mit\nwidget:\n- text: "A sentence."\n'
        "model-index:\n- name: x\n  results:\n  - dataset: {name: glue, args: cola}\n"
        "    metrics: [{value: 1}]\n---\n# Words of its own\n"
    )
    assert script["front_matter"](card) == (
        '---\nlanguage: ["no"]\nlicense: ["mit"]\n'
        'model-index: [{"results":[{"dataset":{"name":["glue"],"args":["cola"]}}]}]\n---\n'
    )
    assert script["front_matter"]("# Words") is None


def test_without_its_sources_the_script_says_so(
    script: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script["main"](["--check", "--from", str(tmp_path / "none")]) == 0
    assert "nothing to build from" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("now", "complaint"),
    [(0.9, None), (0.9196, None), (0.8996, None), (0.89, "fell"), (0.93, "--ratchet")],
)
def test_a_fall_and_an_unwritten_rise_are_complaints(now: float, complaint: str | None) -> None:
    found = list(ratchet.complaints({"task": now}, {"task": 0.9}))
    assert bool(found) == bool(complaint)
    assert all(str(complaint) in text for text in found)


def test_a_facet_that_came_or_went_is_a_complaint() -> None:
    assert len(list(ratchet.complaints({"a": 0.5}, {"b": 0.5}))) == 2


def test_what_is_rendered_reads_back() -> None:
    tables = {"facts": {"dev": {"task": 0.91234, "subtask where named": 1.0}}}
    read = tomllib.loads(ratchet.render(tables))
    assert read == {"facts": {"dev": {"task": 0.912, "subtask where named": 1.0}}}
