"""The last step of the nightly workflow: one pull request, with what changed in it."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
import yaml

from curation.store import workflow


def refresh(run: Any, pulls: list[Any]) -> str:
    """Run the step with so many pull requests open; the body that the pull request got."""
    (job,) = yaml.safe_load(workflow.text())["jobs"].values()
    (step,) = (one for one in job["steps"] if one.get("name") == "one pull request")
    run.answers["pr list"] = pulls
    (run.place / "sync.txt").write_text("failed  `@everyone` ![x](y)\n")
    (run.place / "validate.txt").write_text("no findings\n")
    script = run.place / "step.sh"
    script.write_text(f"set -eo pipefail\n{step['run']}")
    done = run.script(str(script))
    assert done.returncode == 0, done.stderr
    body = run.place / "body.md"
    return str(body.read_text()) if body.exists() else ""


def verbs(run: Any) -> list[str]:
    return [" ".join(one["words"][:2]) for one in run.asked()]


def test_a_night_without_changes_asks_nothing(run: Any) -> None:
    assert refresh(run, []) == ""
    assert verbs(run) == []


@pytest.mark.parametrize(("pulls", "verb"), [([], "pr create"), ([{"number": 7}], "pr edit")])
def test_one_pull_request_is_opened_and_then_kept(run: Any, pulls: list[Any], verb: str) -> None:
    run.write("gpt2", license="apache-2.0")
    body = refresh(run, pulls)
    assert verbs(run) == ["pr list", verb]
    assert "- `gpt2` license: `mit` → `apache-2.0`\n" in body
    assert "\n    failed  `@everyone` ![x](y)\n" in body
    assert len(body.encode()) < 65_536
    pushed = ["git", "-C", str(run.origin), "show", "--stat", "curate/refresh"]
    said = subprocess.run(pushed, check=True, capture_output=True, text=True).stdout
    assert "catalog/models/gpt2.json" in said
