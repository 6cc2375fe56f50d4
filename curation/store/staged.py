"""What git's index holds below a folder: the files as the next commit would have them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from curation.errors import InputError, UsageError
from curation.store import git
from curation.store.tree import Kind

_KINDS: dict[str, Kind] = {"100644": "file", "100755": "file", "120000": "link"}
_MODELS = "models"
_UNMERGED = "unmerged: 'git status' says what to do"


class Staged:
    """The index below ``folder``, a catalog.

    Git is asked at once, and answers while others work. ``since`` is the commit from which
    removals are told, HEAD if None.
    """

    def __init__(self, folder: Path, since: str | None = None) -> None:
        self._folder = folder
        self._listing = _start(folder, "ls-files", "--stage", "-z")
        self._gone = _start(folder, *_removals(since, in_index=True))
        self._listed: dict[str, tuple[Kind, str]] | None = None
        self._removed: frozenset[str] = frozenset()

    def listed(self) -> dict[str, tuple[Kind, str]]:
        """Path below the folder: its kind, and the id of its blob.

        A submodule is a special file. Raises UsageError outside of a repository, InputError for
        a path that is not merged.
        """
        if self._listed is None:
            self._removed = _paths(self._gone)
            said = os.fsdecode(_answer(self._listing, "ls-files"))
            self._listed = dict(map(_entry, said.split("\0")[:-1]))
        return self._listed

    def removed(self) -> frozenset[str]:
        """The paths of records that the commit has and the index has not."""
        self.listed()
        return self._removed

    def blob(self, blob_id: str) -> bytes:
        """The bytes of a blob. Raises InputError."""
        (data,) = git.blobs(self._folder, [blob_id])
        return data


def removed(folder: Path, since: str | None) -> frozenset[str]:
    """The paths of records below ``folder`` that a commit has and the working tree has not.

    Where there is no repository or no commit yet, there are none. Raises InputError if ``since``
    is named and no commit.
    """
    found = _paths(_start(folder, *_removals(since, in_index=False)))
    if since is not None and not found and git.commit(folder, since) is None:
        raise InputError(f"no commit is called {since!r}", hint="fetch it, or name another")
    return found


def _removals(since: str | None, *, in_index: bool) -> tuple[str, ...]:
    cached = ("--cached",) if in_index else ()
    commit = since if since and not since.startswith("-") else "HEAD"
    asked = ("--no-renames", "--diff-filter=D", "--name-only", "--relative", "-z")
    return ("diff-index", *cached, *asked, commit, "--", _MODELS)


def _start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    command = git.command(folder, *words)
    try:
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environ()
        )
    except FileNotFoundError as error:
        raise UsageError("git is not installed", hint="leave out --staged") from error


def _environ() -> dict[str, str]:
    """The environment, its paths made absolute: git is started in another folder.

    In a hook, git names its index and repository relative to where it started us.
    """
    names = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")
    found = {name: str(Path(os.environ[name]).absolute()) for name in names if name in os.environ}
    return {**os.environ, **found}


def _answer(process: subprocess.Popen[bytes], name: str) -> bytes:
    said, complaint = process.communicate()
    if process.returncode:
        lines = complaint.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise UsageError(f"git {name}: {lines[0]}", hint="--staged checks what git has staged")
    return said


def _paths(process: subprocess.Popen[bytes]) -> frozenset[str]:
    said, _ = process.communicate()
    return frozenset(os.fsdecode(said).split("\0")[:-1] if not process.returncode else ())


def _entry(line: str) -> tuple[str, tuple[Kind, str]]:
    about, _, path = line.partition("\t")
    mode, blob_id, stage = about.split(" ")
    if stage != "0":
        raise InputError(f"{path}: {_UNMERGED}")
    return path, (_KINDS.get(mode, "special"), blob_id)
