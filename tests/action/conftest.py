"""A workflow run as the scripts of the action see it: a repository, an environment, a ``gh``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from curation.cli.main import main
from curation.records import Facts, Record
from curation.store.catalog import Catalog

SCRIPTS = Path(__file__).resolve().parents[2] / "curation" / "templates" / "action"
FACTS = Facts(source="https://huggingface.co", license="mit", revision="a" * 40)

#: Writes down what it is asked, and answers from a file by the path that is asked for.
_GH = """\
#!{python}
import json, os, subprocess, sys
words = sys.argv[1:]
body = next((one.removeprefix("body=@") for one in words if one.startswith("body=@")), None)
text = open(body, encoding="utf-8").read() if body else None
with open(os.environ["GH_LOG"], "a", encoding="utf-8") as log:
    log.write(json.dumps({{"words": words, "body": text}}) + "\\n")
method = words[words.index("--method") + 1] if "--method" in words else "GET"
path = next((one for one in words if one.startswith("repos/")), " ".join(words[:2]))
answers = json.load(open(os.environ["GH_ANSWERS"], encoding="utf-8"))
if method == "GET" and path in answers and "--jq" in words:
    asked = ["jq", "--raw-output", words[words.index("--jq") + 1]]
    sys.exit(subprocess.run(asked, input=json.dumps(answers[path]), text=True).returncode)
"""


class Run:
    """One run of a workflow; ``tree`` is what it has checked out."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.origin = place / "origin.git"
        self.tree = place / "tree"
        self.report = place / "report"
        self.answers: dict[str, Any] = {}
        self.environ = self._environ()

    def git(self, *words: str, folder: Path | None = None) -> str:
        """Run git in the tree, as somebody."""
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        command = ["git", "-C", str(folder or self.tree), *identity, *words]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self) -> str:
        """Commit all of the tree; its hash."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "m")
        return self.git("rev-parse", "HEAD")

    def write(self, model_id: str, **facts: Any) -> None:
        """Put a model into the catalog, with other facts than it mostly has."""
        changed = structs.replace(FACTS, **facts)
        Catalog(self.tree / "catalog").write(Record(id=model_id, facts=changed))

    def propose(self, number: int = 7) -> str:
        """Commit the tree as a pull request on main, which is checked out again; its hash."""
        self.git("switch", "--quiet", "--detach")
        head = self.commit()
        self.git("push", "--quiet", "--force", "origin", f"HEAD:refs/pull/{number}/head")
        self.git("switch", "--quiet", "main")
        return head

    def script(self, name: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a script of the action."""
        (self.place / "answers.json").write_text(json.dumps(self.answers))
        (self.place / "output").touch()
        return subprocess.run(
            ["bash", str(SCRIPTS / name)],
            cwd=environ.pop("CWD", self.tree),
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    def outputs(self) -> dict[str, str]:
        lines = (self.place / "output").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    def asked(self) -> list[dict[str, Any]]:
        """What ``gh`` was asked."""
        log = self.place / "gh.log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def _environ(self) -> dict[str, str]:
        (self.place / "bin").mkdir()
        scripts = {
            "gh": _GH.format(python=sys.executable),
            "curate": f'#!/bin/sh\nexec "{sys.executable}" -m curation "$@"\n',
        }
        for name, text in scripts.items():
            path = self.place / "bin" / name
            path.write_text(text)
            path.chmod(0o755)
        return {
            "PATH": f"{self.place / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(SCRIPTS.parents[2]),
            "HOME": str(self.place),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CEILING_DIRECTORIES": str(self.place.parent),
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.place / "output"),
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_RUN_ID": "99",
            "GITHUB_SERVER_URL": "https://github.com",
            "GH_LOG": str(self.place / "gh.log"),
            "GH_ANSWERS": str(self.place / "answers.json"),
            "GH_TOKEN": "not-a-token",
            "REPORT": str(self.report),
            "RUNNER_TEMP": str(self.place),
        }


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A run on a repository whose main branch has a catalog of one model."""
    missing = [name for name in ("bash", "git", "jq") if not shutil.which(name)]
    if missing:
        pytest.skip(f"not here: {', '.join(missing)}")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = Run(tmp_path)
    subprocess.run(["git", "init", "--quiet", "--bare", str(made.origin)], check=True)
    subprocess.run(
        ["git", "clone", "--quiet", str(made.origin), str(made.tree)],
        check=True,
        capture_output=True,
    )
    made.git("switch", "--quiet", "--orphan", "main")
    assert main(["init", str(made.tree)]) == 0
    made.write("gpt2")
    made.commit()
    made.git("push", "--quiet", "origin", "main")
    capsys.readouterr()
    return made
