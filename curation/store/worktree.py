"""The state of the git repository around a catalog, as far as a sync cares."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import msgspec

from curation.errors import UsageError
from curation.store import git


class Worktree(msgspec.Struct, frozen=True):
    """The branch (None: detached), how many files of the catalog are uncommitted, and whether
    ``.curate`` is kept out of the repository.
    """

    branch: str | None
    uncommitted: int
    ignored: bool


def look(catalog: Path) -> Worktree | None:
    """The state of the repository that ``catalog`` is in, or None if it is in none."""
    try:
        git.top(catalog)
    except UsageError:
        return None
    code, status = _asked(catalog, "status", "--porcelain=v1", "-z", "--", ".")
    _, branch = _asked(catalog, "symbolic-ref", "--quiet", "--short", "HEAD")
    ignored, _ = _asked(catalog.parent, "check-ignore", "--quiet", ".curate/x")
    changed = [line for line in status.split("\0") if line] if code == 0 else []
    return Worktree(branch.strip() or None, len(changed), ignored == 0)


def _asked(folder: Path, *words: str) -> tuple[int, str]:
    command = git.command(folder, *words)
    if words[0] == "check-ignore":  # which knows no literal paths, and is given one without magic
        command.remove("--literal-pathspecs")
    done = subprocess.run(command, capture_output=True, check=False, env=git.environment())
    return done.returncode, os.fsdecode(done.stdout)
