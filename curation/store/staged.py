"""What git's index holds below a folder: the files as the next commit would have them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from curation.errors import InputError, UsageError
from curation.store import git
from curation.store.tree import Kind

_KINDS: dict[str, Kind] = {"100644": "file", "100755": "file", "120000": "link"}
_MODELS = "models"
#: What git calls a file that is empty, by either of its hashes.
_EMPTY = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)
#: What git says where nothing was committed before.
_NOTHING_BEFORE = ("not a git repository", "bad revision")
_UNKNOWN, _FETCH = "no commit is called {!r}", "fetch it, or name another"
_UNMERGED = "unmerged: 'git status' says what to do"


class _Told(NamedTuple):
    """What git listed, and why it refused, if it did."""

    paths: list[str]
    refusal: str | None


class Staged:
    """The index below ``folder``, a catalog.

    Git is asked at once, and answers while others work. ``since`` is the commit from which
    removals are told, HEAD if None.
    """

    def __init__(self, folder: Path, since: str | None = None) -> None:
        self._folder = folder
        self._since = since
        removals = _removals(since, in_index=True)
        self._listing = _start(folder, "ls-files", "--stage", "-z")
        self._gone = _start(folder, *removals)
        self._listed: dict[str, tuple[Kind, str]] | None = None
        self._removed: frozenset[str] = frozenset()

    def listed(self) -> dict[str, tuple[Kind, str]]:
        """Path below the folder: its kind, and the id of its blob.

        A submodule is a special file. Raises UsageError outside of a repository, InputError for
        a path that is not merged.
        """
        if self._listed is None:
            told, gone = _heard(self._listing), _heard(self._gone)
            listed = dict(map(_entry, _paths(told, "ls-files")))
            self._removed = _removed(gone, self._since)
            for path in self._announced(listed):
                del listed[path]
            self._listed = listed
        return self._listed

    def removed(self) -> frozenset[str]:
        """The paths of records that the commit has and the index has not."""
        self.listed()
        return self._removed

    def blob(self, blob_id: str) -> bytes:
        """The bytes of a blob. Raises InputError."""
        (data,) = git.blobs(self._folder, [blob_id])
        return data

    def _announced(self, listed: Mapping[str, tuple[Kind, str]]) -> list[str]:
        """What is listed as empty, but was only announced by 'git add --intent-to-add'."""
        if not any(blob_id in _EMPTY for _, blob_id in listed.values()):
            return []
        asked = ("diff-files", "--no-renames", "--diff-filter=A", "--name-only", "--relative", "-z")
        told = _heard(_start(self._folder, *asked, "--", "."))
        return [path for path in _paths(told, "diff-files") if path in listed]


def removed(folder: Path, since: str | None) -> frozenset[str]:
    """The paths of records below ``folder`` that a commit has and the working tree has not.

    Where there is no repository or no commit yet, and where git is not installed, there are none.
    Raises InputError if ``since`` is named and no commit, or git does not answer.
    """
    try:
        told = _heard(_start(folder, *_removals(since, in_index=False)))
    except UsageError:
        if since is None:
            return frozenset()
        raise
    return _removed(told, since)


def _removals(since: str | None, *, in_index: bool) -> tuple[str, ...]:
    cached = ("--cached",) if in_index else ()
    commit = "HEAD" if since is None else since
    if not commit or commit.startswith("-"):
        raise InputError(_UNKNOWN.format(since), hint=_FETCH)
    asked = ("--no-renames", "--diff-filter=D", "--name-only", "--relative", "-z")
    return ("diff-index", *cached, *asked, commit, "--", _MODELS)


def _start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    command = git.command(folder, *words)
    try:
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=git.environment()
        )
    except FileNotFoundError as error:
        raise UsageError("git is not installed", hint="it tells what is staged or gone") from error


def _heard(process: subprocess.Popen[bytes]) -> _Told:
    said, complaint = process.communicate()
    lines = complaint.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
    why = lines[0].removeprefix("fatal: ") if process.returncode else None
    return _Told(os.fsdecode(said).split("\0")[:-1], why)


def _paths(told: _Told, name: str) -> list[str]:
    if told.refusal is not None:
        raise UsageError(f"git {name}: {told.refusal}", hint="--staged checks what git has staged")
    return told.paths


def _removed(told: _Told, since: str | None) -> frozenset[str]:
    refusal = told.refusal or ""
    if since is None and any(words in refusal for words in _NOTHING_BEFORE):
        return frozenset()
    if since is not None and any(words in refusal for words in (*_NOTHING_BEFORE, "bad object")):
        raise InputError(_UNKNOWN.format(since), hint=_FETCH)
    if refusal:
        raise InputError(f"git diff-index: {refusal}")
    return frozenset(told.paths)


def _entry(line: str) -> tuple[str, tuple[Kind, str]]:
    about, _, path = line.partition("\t")
    mode, blob_id, stage = about.split(" ")
    if stage != "0":
        raise InputError(f"{path}: {_UNMERGED}")
    return path, (_KINDS.get(mode, "special"), blob_id)
