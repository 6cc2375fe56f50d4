"""Where the files to check lie: in a folder, or in git's index, which is the next commit."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from curation.checks import layout
from curation.store import staged, tree
from curation.store.tree import Entry

#: Characters of git's names of objects, but in repositories of sha256.
_SHORT = 40


class Source(Protocol):
    """The files of a catalog; paths are relative to its folder, with slashes."""

    def entries(self) -> Iterator[Entry]:
        """What lies where files of ours belong."""

    def key(self, path: str) -> str | None:
        """The name of a file's bytes, None where only reading them tells."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError, InputError."""

    def removed(self) -> frozenset[str]:
        """The paths that the last commit had below ``models/`` and that are gone."""


class Folder:
    """The working tree; ``below`` are paths in the catalog, '' is all of it."""

    def __init__(self, root: Path, below: Sequence[str] = ("",), since: str | None = None) -> None:
        self.root = root
        self._prefix = os.path.join(root, "")  # noqa: PTH118 - joined for each of thousands of files
        self._below = below
        self._since = since

    def entries(self) -> Iterator[Entry]:
        """See Source. Beside the catalog's files there may be others."""
        found = {entry.path: entry for path in self._below for entry in self._walk(path)}
        yield from found.values()

    def key(self, path: str) -> str | None:
        """See Source."""
        return None

    def read(self, path: str) -> bytes:
        """See Source."""
        return tree.read(self._prefix + path)

    def removed(self) -> frozenset[str]:
        """See Source. Outside of a git repository nothing is known to be gone."""
        return staged.removed(self.root, self._since)

    def _walk(self, path: str) -> Iterator[Entry]:
        if not path:
            for entry in tree.listing(self.root):
                if entry.path in layout.FILES or entry.path in layout.ROOMS:
                    yield from self._walk(entry.path)
            return
        found = tree.entry(self.root, path)
        if found:
            yield found
            if found.kind == "folder":
                yield from tree.walk(self.root / path, f"{path}/")


class Index:
    """What git's index holds of the catalog."""

    def __init__(self, root: Path, asked: staged.Staged) -> None:
        self._root = root
        self._staged = asked

    def entries(self) -> Iterator[Entry]:
        """See Source."""
        for path, (kind, _) in self._staged.listed().items():
            if path in layout.FILES or path.partition("/")[0] in layout.ROOMS:
                yield Entry(path, kind)

    def key(self, path: str) -> str | None:
        """See Source. What is seen is kept by the shorter of git's two names."""
        name = self._staged.listed()[path][1]
        return name if len(name) == _SHORT else None

    def read(self, path: str) -> bytes:
        """See Source. The working tree is read first: mostly it holds the same bytes."""
        try:
            wanted = self._staged.listed()[path][1]
        except KeyError:
            raise FileNotFoundError(path) from None
        data = self._beside(path)
        if data is not None and name_of(data, len(wanted)) == wanted:
            return data
        return self._staged.blob(wanted)

    def removed(self) -> frozenset[str]:
        """See Source."""
        return self._staged.removed()

    def _beside(self, path: str) -> bytes | None:
        from curation.errors import InputError

        try:
            return tree.read(self._root / path)
        except (FileNotFoundError, NotADirectoryError, InputError):
            return None


def name_of(data: bytes, length: int = _SHORT) -> str:
    """What git calls these bytes where its names have so many characters."""
    made = hashlib.sha1 if length == _SHORT else hashlib.sha256
    return made(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def is_hidden(path: str) -> bool:
    """Whether a part of ``path`` begins with a dot."""
    return path.startswith(".") or "/." in path


def printable(path: str) -> str:
    """``path`` as text that can be written anywhere: names of files are bytes to the system."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
