"""The workflow that refreshes a catalog every night."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import curation
from curation.cli.main import main
from curation.store import workflow


@pytest.fixture
def loaded() -> Any:
    return yaml.safe_load(workflow.text())


def test_it_pins_this_version_and_runs_on_a_schedule(loaded: Any) -> None:
    assert f'"curate-models=={curation.__version__}"' in workflow.text()
    assert loaded[True]["schedule"], "YAML 1.1 reads 'on' as true"


def test_its_commands_exist(loaded: Any) -> None:
    from curation.cli.verbs import VERBS

    (job,) = loaded["jobs"].values()
    scripts = "\n".join(step.get("run", "") for step in job["steps"])
    assert set(re.findall(r"^ *curate (\w+)", scripts, re.MULTILINE)) == {
        "sync",
        "tag",
        "validate",
        "diff",
    }
    assert {"sync", "tag", "validate", "diff"} <= set(VERBS)


def test_no_text_of_others_is_put_into_a_script(loaded: Any) -> None:
    (job,) = loaded["jobs"].values()
    assert [step["run"] for step in job["steps"] if "${{" in step.get("run", "")] == []


def test_it_says_why_the_default_token_is_not_enough() -> None:
    assert "runs no checks" in workflow.text()


def test_ours_is_the_template_but_for_the_installation(project: Path) -> None:
    ours = (project / workflow.PATH).read_text(encoding="utf-8").splitlines()
    theirs = workflow.text().splitlines()
    assert len(ours) == len(theirs)
    differing = [line.strip() for line, other in zip(ours, theirs, strict=True) if line != other]
    assert differing == ["- run: pip install ."]


def test_init_adds_it_and_leaves_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path)]) == 0
    before = (tmp_path / "catalog" / "catalog.toml").read_bytes()
    assert main(["init", str(tmp_path), "--github"]) == 0
    assert (tmp_path / workflow.PATH).read_text() == workflow.text()
    assert (tmp_path / "catalog" / "catalog.toml").read_bytes() == before
    (tmp_path / workflow.PATH).write_text("# mine\n")
    assert main(["init", str(tmp_path), "--github"]) == 0
    assert (tmp_path / workflow.PATH).read_text() == "# mine\n"
    assert str(workflow.PATH) in capsys.readouterr().out
