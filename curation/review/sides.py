"""The two states that are compared: commits, folders, or the working tree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from curation import ids
from curation.errors import InputError, UsageError
from curation.records import Record
from curation.store import git, migrate, tree
from curation.store.catalog import MODELS, RECORD


class Side(Protocol):
    """A state of a catalog. Files of equal hash have equal content."""

    name: str

    def listing(self) -> dict[str, str]:
        """Path below the catalog: hash of its content."""

    def read(self, paths: Sequence[str], hashes: Sequence[str]) -> Iterator[bytes]:
        """The content of each path, of which ``listing`` gave the hash."""


class FolderSide:
    """A catalog as it lies in a folder."""

    def __init__(self, root: Path, name: str) -> None:
        self.name = name
        self._root = root

    def listing(self) -> dict[str, str]:
        """Path below the catalog: the hash that git gives its content."""
        found = {}
        for entry in tree.walk(self._root / MODELS, f"{MODELS}/"):
            if entry.kind == "file":
                data = tree.read(self._root / entry.path)
                found[entry.path] = _git_hash(data)
        return found

    def read(self, paths: Sequence[str], hashes: Sequence[str]) -> Iterator[bytes]:
        """The content of each path."""
        del hashes
        return (tree.read(self._root / path) for path in paths)


class CommitSide:
    """A catalog as it was committed."""

    def __init__(self, repository: Path, commit: str, folder: str, name: str) -> None:
        self.name = name
        self._repository = repository
        self._commit = commit
        self._folder = folder

    def listing(self) -> dict[str, str]:
        """Path below the catalog: blob id."""
        return git.listing(self._repository, self._commit, self._folder)

    def read(self, paths: Sequence[str], hashes: Sequence[str]) -> Iterator[bytes]:
        """The content of each path."""
        del paths
        return git.blobs(self._repository, hashes)


def open_sides(span: str, catalog: Path | None) -> tuple[Side, Side]:
    """The two sides of ``BASE``, ``BASE..HEAD`` or '' (what is committed, and the working tree).

    A name is a folder that is or holds a catalog, or else a revision of the repository that
    ``catalog`` is in. Raises UsageError for what is neither.
    """
    refusal = UsageError(
        f"neither a revision nor a catalog: {ids.clip(span or 'HEAD')}",
        hint="expected BASE or BASE..HEAD, each a git revision or a folder",
    )
    for base_name, head_name in _splits(span):
        try:
            base = _named(base_name or "HEAD", catalog)
            head = _named(head_name, catalog) if head_name else _working_tree(catalog)
        except UsageError as error:  # no repository: two folders need none
            refusal = error
            continue
        if base and head:
            return base, head
    raise refusal


def _splits(span: str) -> Iterator[tuple[str, str]]:
    """Every way to read ``span``: the names of folders may have dots, too."""
    yield span, ""
    for at in range(len(span) - 1):
        if span[at : at + 2] == "..":
            yield span[:at], span[at + 2 :]


def differing(base: Side, head: Side) -> tuple[dict[str, Record], dict[str, Record]]:
    """The records that are not the same bytes on both sides, by id.

    Those of older schema versions are lifted. Raises InputError for one that cannot be read.
    """
    old, new = base.listing(), head.listing()
    return _records(base, old, new), _records(head, new, old)


def _named(name: str, catalog: Path | None) -> Side | None:
    folder = Path(name)
    for candidate in (folder, folder / "catalog"):
        if (candidate / "catalog.toml").is_file():
            return FolderSide(candidate, name)
    if catalog is None:
        return None
    repository = git.top(catalog)
    commit = git.commit(repository, name)
    if not commit:
        return None
    inside = catalog.resolve().relative_to(repository.resolve())
    return CommitSide(repository, commit, inside.as_posix(), name)


def _working_tree(catalog: Path | None) -> Side | None:
    return FolderSide(catalog, "working tree") if catalog else None


def _records(side: Side, own: dict[str, str], other: dict[str, str]) -> dict[str, Record]:
    paths = sorted(path for path in own if _is_record(path) and own[path] != other.get(path))
    found = {}
    contents = side.read(paths, [own[path] for path in paths])
    for path, data in zip(paths, contents, strict=True):
        where = f"{path} ({side.name})"
        try:
            model_id = ids.from_path(PurePosixPath(path).relative_to(MODELS), RECORD)
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
        found[model_id] = migrate.record(data, model_id, where)
    return found


def _is_record(path: str) -> bool:
    return path.startswith(f"{MODELS}/") and path.endswith(RECORD)


def _git_hash(data: bytes) -> str:
    blob = b"blob %d\0%b" % (len(data), data)
    return hashlib.sha1(blob, usedforsecurity=False).hexdigest()
