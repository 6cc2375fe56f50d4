"""The nightly workflow: one pull request, with what changed in it and what people answered."""

from __future__ import annotations

import subprocess
from typing import Any

import yaml

from curation.store import workflow

OURS, STRANGERS = {"isCrossRepository": False}, {"isCrossRepository": True}


def step(run: Any, name: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the workflow as GitHub does."""
    (job,) = yaml.safe_load(workflow.text())["jobs"].values()
    (found,) = (one for one in job["steps"] if one.get("name") == name)
    script = run.place / "step.sh"
    script.write_text(f"set -e\n{found['run']}")
    done: subprocess.CompletedProcess[str] = run.script(str(script), GITHUB_REF_NAME="main")
    return done


def start(run: Any, pulls: list[Any]) -> subprocess.CompletedProcess[str]:
    """Begin a night with these pull requests open."""
    run.answers["pr list"] = pulls
    return step(run, "go on from the pull request that is open")


def refresh(run: Any) -> str:
    """End a night; the body that the pull request got."""
    (run.place / "sync.txt").write_text("failed  `@everyone` ![x](y)\n")
    (run.place / "validate.txt").write_text("no findings\n")
    done = step(run, "one pull request")
    assert done.returncode == 0, done.stderr
    body = run.place / "body.md"
    return str(body.read_text()) if body.exists() else ""


def verbs(run: Any) -> list[str]:
    return [" ".join(one["words"][:2]) for one in run.asked()]


def shown(run: Any, path: str) -> str:
    """A file as the pull request has it."""
    asked = ["git", "-C", str(run.origin), "show", f"curate/refresh:{path}"]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout


def first_night(run: Any) -> None:
    """Open the pull request, and answer it with a decision; then it is the next night."""
    assert start(run, []).returncode == 0
    run.write("gpt2", revision="b" * 40)
    refresh(run)
    run.write("gpt2", revision="b" * 40, license="apache-2.0")
    decision = run.tree / "catalog" / "overrides" / "gpt2.toml"
    decision.parent.mkdir(exist_ok=True)
    decision.write_text("# a person's\n")
    run.commit()
    run.git("push", "--quiet", "origin", "curate/refresh")
    run.git("switch", "--quiet", "main")
    run.git("branch", "--quiet", "--delete", "--force", "curate/refresh")


def test_a_night_without_changes_asks_nothing(run: Any) -> None:
    assert start(run, []).returncode == 0
    assert refresh(run) == ""
    assert verbs(run) == ["pr list"]


def test_a_pull_request_is_opened(run: Any) -> None:
    assert start(run, [STRANGERS]).returncode == 0
    run.write("gpt2", license="apache-2.0")
    body = refresh(run)
    assert verbs(run) == ["pr list", "pr create"]
    assert "## What changed: `main` → `curate/refresh`\n" in body
    assert "- `gpt2` license: `mit` → `apache-2.0`\n" in body
    assert "\n    failed  `@everyone` ![x](y)\n" in body
    assert len(body.encode()) < 65_536
    assert "apache-2.0" in shown(run, "catalog/models/gpt2.json")


def test_the_next_night_goes_on_from_what_people_decided(run: Any) -> None:
    first_night(run)
    run.write("bert")
    run.commit()  # on main, meanwhile
    assert start(run, [OURS, STRANGERS]).returncode == 0
    run.write("gpt2", revision="c" * 40, license="apache-2.0")
    body = refresh(run)
    assert verbs(run)[-1] == "pr edit"
    assert "- `gpt2` license: `mit` → `apache-2.0`\n" in body
    assert "bert" not in body
    assert shown(run, "catalog/overrides/gpt2.toml") == "# a person's\n"
    assert "c" * 40 in shown(run, "catalog/models/gpt2.json")
    assert "bert" in shown(run, "catalog/models/bert.json")


def test_records_that_both_sides_changed_are_those_of_the_main_branch(run: Any) -> None:
    run.write("gone")
    run.commit()
    run.git("push", "--quiet", "origin", "main")
    first_night(run)
    run.git("switch", "--quiet", "--detach", "origin/curate/refresh")
    run.write("gone", revision="b" * 40)
    run.commit()
    run.git("push", "--quiet", "origin", "HEAD:curate/refresh")
    run.git("switch", "--quiet", "main")
    run.write("gpt2", revision="d" * 40)
    (run.tree / "catalog" / "models" / "gone.json").unlink()
    run.commit()
    done = start(run, [OURS])
    assert done.returncode == 0, done.stderr
    assert run.git("status", "--porcelain") == ""
    record = (run.tree / "catalog" / "models" / "gpt2.json").read_text()
    assert "d" * 40 in record
    assert "b" * 40 not in record
    assert not (run.tree / "catalog" / "models" / "gone.json").exists()
    assert (run.tree / "catalog" / "overrides" / "gpt2.toml").read_text() == "# a person's\n"


def test_decisions_in_conflict_end_the_night_and_nothing_is_lost(run: Any) -> None:
    first_night(run)
    decision = run.tree / "catalog" / "overrides" / "gpt2.toml"
    decision.parent.mkdir(exist_ok=True)
    decision.write_text("# another person's\n")
    run.commit()
    assert start(run, [OURS]).returncode != 0
    assert shown(run, "catalog/overrides/gpt2.toml") == "# a person's\n"


def test_what_is_left_of_a_merged_pull_request_is_replaced(run: Any) -> None:
    first_night(run)
    assert start(run, []).returncode == 0
    run.write("gpt2", license="apache-2.0")
    refresh(run)
    assert verbs(run)[-1] == "pr create"
    listed = subprocess.run(
        ["git", "-C", str(run.origin), "ls-tree", "-r", "--name-only", "curate/refresh"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "overrides/gpt2.toml" not in listed.stdout
