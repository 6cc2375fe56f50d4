"""The two states that are compared: commits, folders, or the working tree."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol

from curation import ids
from curation.errors import UsageError
from curation.store import git, popularity, rejections, settings, tree
from curation.store.catalog import MODELS, OVERRIDES

RULES = "rules"
TOMBSTONES = "tombstones.toml"
WAIVERS = "waivers.toml"
#: The name of what is not committed yet.
WORKING_TREE = "working tree"
#: What of a catalog is compared: folders, and files beside them.
ROOMS = (MODELS, OVERRIDES, RULES)
FILES = (settings.FILE, popularity.FILE, rejections.FILE, TOMBSTONES, WAIVERS)

_RELEASE = ("SHA256SUMS", "catalog.jsonl")
#: One URL, and not two with dots between them.
_URL = re.compile(r"[a-z][a-z0-9+.-]*://((?!\.\.)\S)+")
_PASSWORD = re.compile("(?<=://)[^/]*@")


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
        self.root = root

    def listing(self) -> dict[str, str]:
        """Path below the catalog: the hash that git gives its content."""
        walks = [tree.walk(self.root / room, f"{room}/") for room in ROOMS]
        top = (tree.entry(self.root, path) for path in FILES)
        entries = (entry for entry in chain(top, *walks) if entry and entry.kind == "file")
        return {entry.path: _git_hash(tree.read(self.root / entry.path)) for entry in entries}

    def read(self, paths: Sequence[str], hashes: Sequence[str]) -> Iterator[bytes]:
        """The content of each path."""
        del hashes
        return (tree.read(self.root / path) for path in paths)


class CommitSide:
    """A catalog as it was committed."""

    def __init__(self, repository: Path, commit: str, folder: str, name: str) -> None:
        self.name = name
        self.repository = repository
        self.commit = commit
        self.folder = folder

    def listing(self) -> dict[str, str]:
        """Path below the catalog: blob id."""
        return git.listing(self.repository, self.commit, self.folder)

    def read(self, paths: Sequence[str], hashes: Sequence[str]) -> Iterator[bytes]:
        """The content of each path."""
        del paths
        return git.blobs(self.repository, hashes)


class ReleaseSide:
    """A release: what it says of models, and none of the files that it was made from.

    ``place`` is its folder or its URL.
    """

    def __init__(self, place: Path | str, name: str) -> None:
        self.name = name
        self.place = place

    def listing(self) -> dict[str, str]:
        """Raises UsageError: a release has no records."""
        raise UsageError(
            f"{self.name} is a release: it has no records",
            hint="name a revision or the folder of a catalog; 'curate diff' takes releases, too",
        )

    def read(self, paths: Sequence[str], hashes: Sequence[str]) -> Iterator[bytes]:
        """Raises UsageError like ``listing``."""
        del paths, hashes
        self.listing()
        return iter(())


def open_sides(span: str, catalog: Path | None) -> tuple[Side, Side]:
    """The two sides of ``BASE``, ``BASE..HEAD`` or '' (what is committed, and the working tree).

    A name is a folder that is or holds a catalog, the folder or the URL of a release, or else a
    revision of the repository that ``catalog`` is in. ``BASE...HEAD`` is told as git does: from the
    commit where HEAD left BASE. Raises UsageError for what is none of these.
    """
    refusal = UsageError(
        f"neither a revision nor a catalog: {ids.clip(span or 'HEAD')}",
        hint="expected BASE or BASE..HEAD: revisions, folders of catalogs, or releases",
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
    parted = _parted(span, catalog)
    if parted:
        return parted
    raise refusal


def _splits(span: str) -> Iterator[tuple[str, str]]:
    """Every way to read ``span``: the names of folders may have dots, too."""
    yield span, ""
    for at in range(len(span) - 1):
        if span[at : at + 2] == "..":
            yield span[:at], span[at + 2 :]


def _named(name: str, catalog: Path | None) -> Side | None:
    if _URL.fullmatch(name):
        return ReleaseSide(name, _PASSWORD.sub("", name))
    folder = Path(name)
    for candidate in (folder, folder / "catalog"):
        if (candidate / "catalog.toml").is_file():
            return FolderSide(candidate, name)
    if all((folder / path).is_file() for path in _RELEASE):
        return ReleaseSide(folder, name)
    if catalog is None:
        return None
    repository = git.top(catalog)
    commit = git.commit(repository, name)
    if not commit:
        return None
    inside = catalog.resolve().relative_to(repository.resolve())
    return CommitSide(repository, commit, inside.as_posix(), name)


def _parted(span: str, catalog: Path | None) -> tuple[Side, Side] | None:
    """The sides of ``BASE...HEAD``, if both are revisions with a commit in common."""
    base_name, dots, head_name = span.partition("...")
    if not dots or catalog is None:
        return None
    base, head = (_named(name or "HEAD", catalog) for name in (base_name, head_name))
    if not (isinstance(base, CommitSide) and isinstance(head, CommitSide)):
        return None
    start = git.merge_base(base.repository, base.commit, head.commit)
    return (CommitSide(base.repository, start, base.folder, start), head) if start else None


def _working_tree(catalog: Path | None) -> Side | None:
    return FolderSide(catalog, WORKING_TREE) if catalog else None


def _git_hash(data: bytes) -> str:
    blob = b"blob %d\0%b" % (len(data), data)
    return hashlib.sha1(blob, usedforsecurity=False).hexdigest()
