"""The shell of the action, run as GitHub would run it, against a ``gh`` that writes down.

``run`` is the Run of conftest.py: a clone of a bare repository, its environment, answers of GitHub.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

MARK = "<!-- curate -->\n"
COMMENTS = "repos/o/r/issues/7/comments"
LABELS = "repos/o/r/issues/7/labels"
PULLS = "repos/o/r/pulls"


def judge(run: Any, head: str, base: str = "main") -> dict[str, str]:
    done = run.script("judge.sh", BASE=run.git("rev-parse", base), HEAD_SHA=head)
    assert done.returncode == 0, done.stderr
    told: dict[str, str] = run.outputs()
    return told


def test_a_routine_refresh_is_told_as_one(run: Any) -> None:
    run.write("gpt2", revision="b" * 40)
    head = run.propose()
    run.git("checkout", "--quiet", head)
    assert judge(run, head) == {"gate": "0", "met": "true", "risk": "no"}
    comment = (run.report / "comment.md").read_text()
    assert comment.startswith(f"{MARK}**May merge by itself**")
    assert "(https://github.com/o/r/actions/runs/99)" in comment
    assert "To answer" not in comment
    assert json.loads((run.report / "findings.sarif").read_text())["version"] == "2.1.0"
    assert "<html" in (run.report / "changes.html").read_text()


def test_findings_and_risky_changes_are_told(run: Any) -> None:
    run.write("gpt2", license="gpl-3.0", gated="auto")
    head = run.propose()
    run.git("checkout", "--quiet", head)
    assert judge(run, head) == {"gate": "1", "met": "false", "risk": "high"}
    comment = (run.report / "comment.md").read_text()
    assert "- license: 1 licence changed: `gpt2`\n" in comment
    start = run.git("rev-parse", "main")
    assert f"\nTo answer: `curate review {start}` or `curate override`, committed" in comment
    assert json.loads((run.report / "findings.sarif").read_text())["runs"][0]["results"]


def test_a_catalog_that_cannot_be_read_needs_a_person(run: Any) -> None:
    (run.tree / "catalog" / "models" / "gpt2.json").write_text("{ @everyone")
    head = run.propose()
    run.git("checkout", "--quiet", head)
    assert judge(run, head) == {"gate": "1", "met": "false", "risk": "high"}
    comment = (run.report / "comment.md").read_text()
    assert "cannot be read" in comment
    assert "@everyone" not in comment


def test_the_first_catalog_of_a_repository_is_told_and_needs_a_person(run: Any) -> None:
    run.git("switch", "--quiet", "--orphan", "bare")
    run.git("commit", "--quiet", "--allow-empty", "--message", "m")
    run.git("switch", "--quiet", "--create", "first")
    run.git("checkout", "main", "--", ".")
    head = run.commit()
    assert judge(run, head, "bare") == {"gate": "0", "met": "false", "risk": "high"}
    comment = (run.report / "comment.md").read_text()
    assert "**Needs a person**: there is no policy to ask" in comment
    assert "- `gpt2`: licence `mit`\n" in comment


def test_from_a_trial_merge_only_the_changes_of_the_pull_request_are_told(run: Any) -> None:
    run.write("gpt2", revision="b" * 40)
    head = run.propose()
    start = run.git("rev-parse", "main")
    run.write("o/other")  # meanwhile, on main
    run.commit()
    run.git("merge", "--quiet", "--no-edit", head)
    assert judge(run, head, start)["met"] == "true"
    assert "o/other" not in (run.report / "comment.md").read_text()


def test_a_merge_made_by_the_proposer_does_not_choose_its_own_policy(run: Any) -> None:
    settings = run.tree / "catalog" / "catalog.toml"
    run.git("switch", "--quiet", "--create", "loose")
    settings.write_text(settings.read_text().replace("license = false", "license = true"))
    run.commit()
    run.git("switch", "--quiet", "--create", "side", "main")
    run.write("gpt2", license="apache-2.0")
    run.commit()
    run.git("switch", "--quiet", "loose")
    run.git("merge", "--quiet", "--no-edit", "side")  # its first parent allows what it does
    assert judge(run, run.git("rev-parse", "HEAD"))["met"] == "false"
    verdict = json.loads((run.report / "verdict.json").read_text())
    failing = {one["name"] for one in verdict["clauses"] if not one["met"]}
    assert failing == {"license", "files"}


@pytest.mark.parametrize("base", ["0" * 40, "d" * 40], ids=["first", "rewritten"])
def test_a_push_with_nothing_before_it_is_judged_by_the_commit_before(run: Any, base: str) -> None:
    run.write("gpt2", revision="b" * 40)
    head = run.commit()
    done = run.script("judge.sh", BASE=base, HEAD_SHA=head, GITHUB_EVENT_NAME="push")
    assert done.returncode == 0, done.stderr
    assert run.outputs()["met"] == "true"


def test_a_pull_request_without_its_base_is_not_judged(run: Any) -> None:
    run.write("gpt2", revision="b" * 40)
    head = run.commit()
    done = run.script("judge.sh", BASE="d" * 40, HEAD_SHA=head, GITHUB_EVENT_NAME="workflow_run")
    assert done.returncode != 0
    assert not (run.report / "comment.md").exists()


# --- after the run: which pull request was it?


def find(run: Any, head: str, **environ: str) -> Any:
    given = {"HEAD_SHA": head, "HEAD_OWNER": "stranger", "HEAD_BRANCH": "patch-1"}
    return run.script("find.sh", **{**given, **environ})


def pull(run: Any, head: str, number: Any = 7) -> dict[str, Any]:
    return {"number": number, "head": {"sha": head}, "base": {"sha": run.git("rev-parse", "main")}}


def test_the_pull_request_of_a_fork_is_found_and_judged_beside_the_main_branch(run: Any) -> None:
    run.write("gpt2", license="apache-2.0")
    head = run.propose()
    run.answers[PULLS] = [pull(run, "c" * 40, 6), pull(run, head)]
    done = find(run, head)
    assert done.returncode == 0, done.stderr
    told = run.outputs()
    assert told["number"] == "7"
    assert run.git("rev-parse", "HEAD") == told["base"] == run.git("rev-parse", "main")
    assert run.git("rev-parse", "HEAD", folder=Path(told["tree"])) == head
    done = run.script("judge.sh", BASE=told["base"], HEAD_SHA=head, CWD=told["tree"])
    assert done.returncode == 0, done.stderr
    assert "- license: 1 licence changed: `gpt2`\n" in (run.report / "comment.md").read_text()


def test_text_of_strangers_is_no_code(run: Any) -> None:
    run.answers[PULLS] = []
    done = find(run, "a" * 40, HEAD_BRANCH="$(touch pwned)`touch pwned`;touch pwned")
    assert done.returncode == 0, done.stderr
    assert run.outputs() == {"number": ""}
    (asked,) = run.asked()
    assert "head=stranger:$(touch pwned)`touch pwned`;touch pwned" in asked["words"]
    assert not list(run.place.rglob("pwned"))


def test_a_link_in_a_proposal_is_not_made(run: Any) -> None:
    (run.tree / "catalog" / "models" / "x.json").symlink_to("/etc/hostname")
    head = run.propose()
    run.answers[PULLS] = [pull(run, head)]
    assert find(run, head).returncode == 0
    laid_out = Path(run.outputs()["tree"], "catalog", "models", "x.json")
    assert not laid_out.is_symlink()
    assert laid_out.read_text() == "/etc/hostname"


def test_a_pull_request_that_moved_on_is_left_alone(run: Any) -> None:
    run.write("gpt2", license="apache-2.0")
    old = run.propose()
    run.write("gpt2", license="gpl-3.0")
    new = run.propose()
    run.answers[PULLS] = [pull(run, new)]
    assert find(run, old).returncode == 0
    assert run.outputs() == {"number": ""}


def test_a_pull_request_that_moved_on_just_now_is_refused(run: Any) -> None:
    run.write("gpt2", license="apache-2.0")
    old = run.propose()
    run.answers[PULLS] = [pull(run, old)]
    run.write("gpt2", license="gpl-3.0")
    run.propose()
    done = find(run, old)
    assert done.returncode == 2
    assert "has moved on" in done.stderr
    assert run.outputs() == {}


@pytest.mark.parametrize("number", ["7;id", "x", "0", "-1", "99999999999", "7\nnumber=8"])
def test_what_is_no_number_is_refused(run: Any, number: str) -> None:
    head = run.git("rev-parse", "main")
    run.answers[PULLS] = [pull(run, head, number)]
    done = find(run, head)
    assert done.returncode == 2
    assert run.outputs() == {}


@pytest.mark.parametrize("sha", ["main", "--upload-pack=touch", "a" * 39, "A" * 40])
def test_what_is_no_commit_is_refused(run: Any, sha: str) -> None:
    assert find(run, sha).returncode == 2
    assert run.asked() == []


# --- telling the pull request


def publish(run: Any, **environ: str) -> list[tuple[str, str, str | None]]:
    """What GitHub was told: method, path and what is in it."""
    given = {
        "NUMBER": "7",
        "HEAD_SHA": "b" * 40,
        "HEAD_REPOSITORY": "o/r",
        "HEAD_BRANCH": "curate/refresh",
        "AUTHOR": "github-actions[bot]",
        "GATE": "0",
        "MET": "true",
        "RISK": "no",
        "MERGE": "false",
        "MERGE_FROM": "curate/refresh",
    }
    run.report.mkdir(exist_ok=True)
    if not (run.report / "comment.md").exists():
        (run.report / "comment.md").write_text(f"{MARK}told\n")
    done = run.script("publish.sh", **{**given, **environ})
    assert done.returncode == 0, done.stderr
    return [_told(one) for one in run.asked() if "--method" in one["words"]]


def _told(asked: dict[str, Any]) -> tuple[str, str, str | None]:
    words = asked["words"]
    path = next(word for word in words if word.startswith("repos/"))
    labels = [word.removeprefix("--raw-field=labels[]=") for word in words if "labels[]" in word]
    return words[words.index("--method") + 1], path, asked["body"] or ",".join(labels) or None


def comment(number: int, login: str, body: str) -> dict[str, Any]:
    return {"id": number, "user": {"login": login}, "body": body}


def test_the_first_time_a_comment_is_posted(run: Any) -> None:
    run.answers = {COMMENTS: [], LABELS: []}
    assert publish(run) == [
        ("POST", COMMENTS, f"{MARK}told\n"),
        ("POST", LABELS, "curate-no-risk"),
    ]


def test_then_it_follows_and_nobody_elses_is_touched(run: Any) -> None:
    bot = "github-actions[bot]"
    run.answers = {
        COMMENTS: [
            comment(1, "stranger", f"{MARK}mine"),
            comment(2, bot, f"of another tool, which quotes {MARK}"),
            comment(3, bot, f"{MARK}ours"),
            comment(4, bot, f"{MARK}ours too"),
        ],
        LABELS: [{"name": "curate-no-risk"}, {"name": "bug"}],
    }
    assert publish(run, MET="false", RISK="high") == [
        ("PATCH", "repos/o/r/issues/comments/3", f"{MARK}told\n"),
        ("DELETE", f"{LABELS}/curate-no-risk", None),
        ("POST", LABELS, "curate-high-risk,curate-needs-person"),
    ]


def merges(run: Any) -> list[list[str]]:
    asked = [one["words"] for one in run.asked()]
    return [words for words in asked if words[:2] == ["pr", "merge"]]


def test_what_the_policy_lets_through_merges_when_the_branch_was_named(run: Any) -> None:
    run.answers = {COMMENTS: [], LABELS: []}
    publish(run, MERGE="true")
    (words,) = merges(run)
    assert words[2:] == [
        "7",
        "--repo",
        "o/r",
        "--auto",
        "--squash",
        "--match-head-commit",
        "b" * 40,
    ]


@pytest.mark.parametrize(
    "environ",
    [
        {"MERGE": "false"},
        {"HEAD_REPOSITORY": "stranger/r"},
        {"HEAD_BRANCH": "patch-1"},
        {"MET": "false"},
        {"MET": ""},
        {"GATE": "1"},
    ],
)
def test_nothing_else_merges(run: Any, environ: dict[str, str]) -> None:
    run.answers = {COMMENTS: [], LABELS: [], "pr view": {"autoMergeRequest": None}}
    publish(run, **{"MERGE": "true", **environ})
    assert merges(run) == []


def test_leave_to_merge_that_an_earlier_commit_had_is_taken_back(run: Any) -> None:
    run.answers = {COMMENTS: [], LABELS: [], "pr view": {"autoMergeRequest": {"x": 1}}}
    publish(run, MERGE="true", MET="false")
    (words,) = merges(run)
    assert words[2:] == ["7", "--repo", "o/r", "--disable-auto"]


@pytest.mark.parametrize("environ", [{"NUMBER": "7/../../x"}, {"RISK": "high,bug"}, {"NUMBER": ""}])
def test_what_cannot_be_is_not_told(run: Any, environ: dict[str, str]) -> None:
    with pytest.raises(AssertionError, match="not a"):
        publish(run, **environ)
    assert run.asked() == []


def test_a_comment_that_github_would_not_take_is_not_sent(run: Any) -> None:
    run.report.mkdir()
    (run.report / "comment.md").write_text("x" * 65_537)
    with pytest.raises(AssertionError, match="too long"):
        publish(run)
    assert run.asked() == []


def test_the_comment_follows_what_a_reviewer_answers(run: Any) -> None:
    """From a fork: the licence changed; its reviewer takes that back in the same branch."""
    bot = "github-actions[bot]"
    run.answers = {COMMENTS: [], LABELS: []}
    bodies = []
    for licence in ("apache-2.0", "mit"):
        run.write("gpt2", license=licence, revision="b" * 40)
        head = run.propose()
        run.answers[PULLS] = [pull(run, head)]
        (run.place / "output").unlink(missing_ok=True)
        assert find(run, head, RUNNER_TEMP=str(run.place / licence)).returncode == 0
        found = run.outputs()
        done = run.script("judge.sh", BASE=found["base"], HEAD_SHA=head, CWD=found["tree"])
        assert done.returncode == 0, done.stderr
        told = run.outputs()
        asked = publish(run, NUMBER=told["number"], MET=told["met"], RISK=told["risk"])
        bodies.append(next(body for _, path, body in reversed(asked) if "comments" in path))
        run.answers[COMMENTS] = [comment(3, bot, bodies[0] or "")]
    assert bodies[0].startswith(f"{MARK}**Needs a person**")
    assert bodies[1].startswith(f"{MARK}**May merge by itself**")
    assert [path for method, path, _ in asked if method == "PATCH"] == [
        "repos/o/r/issues/comments/3"
    ]
