"""The action and the workflows as files: what they may do, and that they are well formed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import curation
from curation import roots
from curation.store import companions

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((roots.TEMPLATES / "action").glob("*.sh"))
ACTIONS = [ROOT / "action.yml", roots.TEMPLATES / "action" / "action.yml"]
WORKFLOWS = sorted(
    [
        *(ROOT / ".github" / "workflows").glob("*.yml"),
        *(path for path in roots.TEMPLATES.rglob("*.yml") if path.stem.startswith("curate")),
    ]
)
ON_PULL_REQUESTS = ["curate-check.yml", "curate-comment.yml"]


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(loaded: Any) -> Iterator[Any]:
    jobs = loaded.get("jobs", {"": loaded.get("runs")})
    for job in jobs.values():
        yield from job["steps"]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_are_some() -> None:
    assert len(WORKFLOWS) >= 8
    assert [path.name for path in SCRIPTS] == ["find.sh", "judge.sh", "publish.sh"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_nothing_runs_with_rights_on_the_code_of_strangers(path: Path) -> None:
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    events = load(path)[True]  # YAML 1.1 reads 'on' as true
    if "pull_request" in events:
        assert load(path)["permissions"] == {"contents": "read"}
        assert "secrets." not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=name)
def test_no_text_of_others_is_put_into_a_script(path: Path) -> None:
    assert [step["run"] for step in steps(load(path)) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=name)
def test_it_fits_the_published_schema(path: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    kind = "github-actions" if path in ACTIONS else "github-workflows"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_each_action_is_used_at_one_version() -> None:
    used = {
        step["uses"]
        for path in [*WORKFLOWS, *ACTIONS]
        for step in steps(load(path))
        if "uses" in step
    }
    pinned = {one for one in used if not one.startswith("./")}
    assert all(one.rpartition("@")[2].startswith("v") for one in pinned)
    assert len({one.partition("@")[0] for one in pinned}) == len(pinned)


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_the_shell_is_clean(path: Path) -> None:
    shellcheck(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=name)
def test_the_shell_of_the_steps_is_clean(path: Path) -> None:
    for step in steps(load(path)):
        shellcheck(f"#!/usr/bin/env bash\nset -e\n{step.get('run', '')}\n")


def shellcheck(script: str) -> None:
    beside = Path(sys.executable).with_name("shellcheck")
    command = str(beside) if beside.exists() else shutil.which("shellcheck")
    if command is None:
        pytest.skip("shellcheck is not installed")
    done = subprocess.run([command, "-"], input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_action_of_this_repository_is_the_template() -> None:
    ours, template = (path.read_text(encoding="utf-8") for path in ACTIONS)
    where = '"$GITHUB_ACTION_PATH/'
    assert ours == template.replace(where, f"{where}curation/templates/action/").replace(
        "@VERSION@", curation.__version__
    )


@pytest.mark.parametrize("file", ON_PULL_REQUESTS)
def test_our_workflow_is_the_template_but_for_the_installation(file: str) -> None:
    ours = load(ROOT / ".github" / "workflows" / file)
    (step,) = (step for step in steps(ours) if step["uses"] == "./")
    step["uses"] = "./.github/actions/curate"
    assert step["with"].pop("package") == ".[gate]"
    if not step["with"]:
        del step["with"]
    assert ours == load(roots.TEMPLATES / "repository" / file)


def test_the_comment_follows_the_check_by_its_name() -> None:
    check, comment = (load(roots.TEMPLATES / "repository" / file) for file in ON_PULL_REQUESTS)
    assert comment[True]["workflow_run"]["workflows"] == [check["name"]]
    assert check[True]["pull_request"] is None, "runs when commits are pushed, too"


def test_a_new_catalog_gets_them(tmp_path: Path) -> None:
    made = {path.relative_to(tmp_path).as_posix() for path in companions.make(tmp_path)}
    action = ".github/actions/curate"
    assert {f"{action}/action.yml", *(f"{action}/{path.name}" for path in SCRIPTS)} <= made
    assert {f".github/workflows/{file}" for file in ON_PULL_REQUESTS} <= made
    text = (tmp_path / action / "action.yml").read_text(encoding="utf-8")
    assert f"curate-models[gate]=={curation.__version__}" in text
    for step in steps(yaml.safe_load(text)):
        script = step.get("run", "").partition("$GITHUB_ACTION_PATH/")[2].rstrip('"')
        assert (tmp_path / action / script).exists()
