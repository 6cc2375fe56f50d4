"""Read a git repository: its commits' trees, without checking anything out."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple

from curation.errors import InputError, UsageError
from curation.store import tree

_FILES = {"100644", "100755"}
#: What names a place to git, relative to the working folder or not.
_PLACES = (
    "GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE",
)  # fmt: skip


def top(folder: Path) -> Path:
    """The root of the repository that ``folder`` is in. Raises UsageError if it is in none."""
    try:
        return Path(os.fsdecode(_run(folder, "rev-parse", "--show-toplevel")).rstrip("\n"))
    except InputError as error:
        raise UsageError(
            f"{folder} is in no git repository", hint="name two folders to compare"
        ) from error


class Commit(NamedTuple):
    """The hash of a commit, and the day in UTC on which it was made."""

    id: str
    date: str


def head(folder: Path) -> Commit | None:
    """The commit that is checked out around ``folder``; None outside of a repository, before the
    first commit, or without git."""
    try:
        told = _run(folder, "log", "-1", "--format=%H %ct", "HEAD").decode().split()
    except (InputError, UsageError):
        return None
    moment = datetime.fromtimestamp(int(told[1]), UTC)
    return Commit(told[0], moment.date().isoformat())


def changed(folder: Path) -> bool:
    """Whether ``folder`` holds what is not committed, and not ignored. Raises InputError outside
    of a repository."""
    return bool(_run(folder, "status", "--porcelain", "--", "."))


def user(folder: Path) -> str | None:
    """The name under which commits are made in ``folder``, None where there is none."""
    try:
        return _run(folder, "config", "user.name").decode("utf-8", "replace").strip() or None
    except (InputError, UsageError):
        return None


def commit(repository: Path, revision: str) -> str | None:
    """The hash of the commit that ``revision`` names, or None if it names none."""
    if not revision or revision.startswith("-") or "\0" in revision:
        return None
    try:
        found = _run(repository, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except InputError:
        return None
    return found.decode().strip()


def merge_base(repository: Path, one: str, other: str) -> str | None:
    """The commit from which two commits went their ways, None if they have none in common."""
    try:
        return _run(repository, "merge-base", one, other).decode().strip()
    except InputError:
        return None


def listing(repository: Path, commit_id: str, folder: str) -> dict[str, str]:
    """Path: blob id of every file below ``folder`` in a commit; paths are relative to it.

    Links and submodules are no files.
    """
    prefix = f"{folder}/" if folder not in ("", ".") else ""
    listed = _run(repository, "ls-tree", "-r", "-z", "--full-tree", commit_id, "--", prefix or ".")
    found = {}
    for line in os.fsdecode(listed).split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, _, blob = about.split(" ")
        if mode in _FILES:
            found[path.removeprefix(prefix)] = blob
    return found


def touched(repository: Path, base: str, head: str | None) -> set[str]:
    """The paths, from the root of ``repository``, that two commits differ in; links and all.

    ``head`` None is the working tree, with files that git does not follow but would not ignore.
    """
    found = _differing(repository, base, head)
    if head is None:
        others = _run(repository, "ls-files", "--others", "--exclude-standard", "-z")
        found |= _paths(others)
    return found


def retyped(repository: Path, base: str, head: str | None) -> set[str]:
    """Those of the paths that are a file on one side, and a link or a submodule on the other."""
    return _differing(repository, base, head, "--diff-filter=T")


def _differing(repository: Path, base: str, head: str | None, *more: str) -> set[str]:
    asked = ("diff", "--no-ext-diff", "--no-renames", "--no-relative", "--ignore-submodules=none")
    sides = (base, *([head] if head else []))
    return _paths(_run(repository, *asked, *more, "--name-only", "-z", *sides, "--"))


def _paths(told: bytes) -> set[str]:
    return set(os.fsdecode(told).split("\0")[:-1])


def versions(folder: Path, path: str, most: int) -> Iterator[bytes]:
    """The contents that a file below ``folder`` had in its ``most`` last commits, newest first.

    None outside of a repository.
    """
    asked = ("log", f"-{most}", "--format=", "--raw", "--no-abbrev", "--no-renames", "-z")
    try:
        told = _run(folder, *asked, "--", path)
    except (InputError, UsageError):
        return
    found = [entry.split(" ")[3] for entry in os.fsdecode(told).split("\0") if entry[:1] == ":"]
    yield from blobs(folder, [blob for blob in found if blob.strip("0")])


def blobs(repository: Path, blob_ids: Sequence[str]) -> Iterator[bytes]:
    """The content of each blob, in order, from one process.

    Raises InputError for one that is missing or over ``tree.MAX_BYTES``.
    """
    asked = command(repository, "cat-file", "--batch", "--buffer")
    pipe = subprocess.PIPE
    with subprocess.Popen(asked, stdin=pipe, stdout=pipe, env=environment()) as process:
        assert process.stdin
        assert process.stdout
        asker = threading.Thread(target=_ask, args=(process.stdin, blob_ids), daemon=True)
        asker.start()
        try:
            for blob_id in blob_ids:
                yield _answer(process.stdout, blob_id)
        finally:
            process.stdout.close()
            asker.join()


def _ask(stdin: IO[bytes], blob_ids: Sequence[str]) -> None:
    try:
        with stdin:
            for blob_id in blob_ids:
                stdin.write(blob_id.encode() + b"\n")
    except BrokenPipeError:  # nobody reads the answers any more
        return


def _answer(stdout: IO[bytes], blob_id: str) -> bytes:
    head = stdout.readline().split()
    if len(head) != 3:
        raise InputError(f"git has no object {blob_id}", hint="run 'git fsck'")
    size = int(head[2])
    if size > tree.MAX_BYTES:
        raise InputError(f"git object {blob_id}: over {tree.MAX_BYTES:,} bytes")
    return stdout.read(size + 1)[:size]


def _run(folder: Path, *words: str) -> bytes:
    try:
        asked = command(folder, *words)
        done = subprocess.run(asked, capture_output=True, check=False, env=environment())
    except FileNotFoundError as error:
        raise UsageError("git is not installed", hint="name two folders to compare") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise InputError(f"git {words[0]}: {said[0]}")
    return done.stdout


def command(folder: Path, *words: str) -> list[str]:
    """The words that ask git about the repository of ``folder``."""
    return ["git", "--literal-pathspecs", "--no-optional-locks", "-C", str(folder), *words]


def environment() -> dict[str, str]:
    """The environment in which git answers from another folder as it would from this one."""
    return {**os.environ, **places(), "LC_ALL": "C"}  # its words are looked at


def places() -> dict[str, str]:
    """What the environment tells git of where things are, so that it holds in any folder.

    In a hook, git names its repository and index relative to where it started us. Of a repository
    that is named without its working tree, as in a hook of a linked worktree, git takes the folder
    that it is started in for the top.
    """
    named = {name: str(Path(os.environ[name]).absolute()) for name in _PLACES if name in os.environ}
    if "GIT_DIR" in named and "GIT_WORK_TREE" not in named:
        asked = ["git", "rev-parse", "--show-toplevel"]
        told = subprocess.run(asked, capture_output=True, check=False).stdout
        if told:
            named["GIT_WORK_TREE"] = os.fsdecode(told).removesuffix("\n")
    return named
