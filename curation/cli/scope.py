"""Which catalog a command is about, and which of its files are to be told of."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from curation.errors import UsageError


class Scope(NamedTuple):
    """A catalog, and the paths below it that are meant ('' is all of it)."""

    root: Path
    below: tuple[str, ...]

    def holds(self, path: str) -> bool:
        """Whether ``path``, relative to the catalog, is meant."""
        return any(not one or path == one or path.startswith(f"{one}/") for one in self.below)


def scope(paths: Sequence[Path]) -> Scope:
    """The catalog that ``paths`` lie in; without any, the nearest one, whole. Raises UsageError."""
    from curation.roots import find_catalog

    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
    root = find_catalog(_folder(paths[0]) if paths else None)
    return Scope(root, tuple(_relative(path, root) for path in paths) or ("",))


def _folder(path: Path) -> Path:
    return path if path.is_dir() and not path.is_symlink() else path.parent


def _relative(path: Path, root: Path) -> str:
    # Only the folder is resolved: a link is looked at, not what it leads to.
    whole = path.resolve() if path.name in ("", "..") else path.parent.resolve() / path.name
    if whole in (root, *root.parents):
        return ""
    if not whole.is_relative_to(root):
        raise UsageError(f"{path} is not in the catalog {root}")
    return whole.relative_to(root).as_posix()
