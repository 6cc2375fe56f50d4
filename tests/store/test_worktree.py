from __future__ import annotations

import subprocess
from pathlib import Path

from curation.store import worktree
from curation.store.worktree import Worktree


def git(folder: Path, *words: str) -> None:
    author = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "-C", str(folder), *author, *words], check=True, capture_output=True)


def test_a_folder_in_no_repository_has_no_state(tmp_path: Path) -> None:
    assert worktree.look(tmp_path) is None


def test_branch_changes_and_ignoring_are_seen(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    (catalog / "catalog.toml").write_text("x")
    git(tmp_path, "init", "--initial-branch", "main")
    assert worktree.look(catalog) == Worktree("main", 1, False)
    (tmp_path / ".gitignore").write_text(".curate/\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message", "x")
    assert worktree.look(catalog) == Worktree("main", 0, True)
    (catalog / "catalog.toml").write_text("y")
    git(tmp_path, "switch", "--detach")
    assert worktree.look(catalog) == Worktree(None, 1, True)
