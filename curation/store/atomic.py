"""Replace files whole or not at all.

The new bytes go to a hidden neighbour, reach the disk, and take the file's name in one step. What
a killed run leaves behind is such a neighbour, never half a file.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from curation.store import tree

_SUFFIX = ".tmp"


def replace(path: Path, data: bytes) -> None:
    """Make ``data`` the content of ``path``, durably; missing folders are made.

    Raises OSError, in which case ``path`` is as it was.
    """
    with writing(path) as file:
        file.write(data)


def update(path: Path, data: bytes) -> bool:
    """``replace``, but a file that says so already is not touched; False then."""
    try:
        if tree.read(path) == data:
            return False
    except FileNotFoundError:
        pass
    replace(path, data)
    return True


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to stream into; it becomes ``path``, durably, when the block ends without error."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.{os.urandom(4).hex()}{_SUFFIX}")
    try:
        with neighbour.open("xb") as file:
            _take_mode(neighbour, path)
            yield file
            file.flush()
            os.fsync(file.fileno())
        neighbour.replace(path)
    except BaseException as error:
        neighbour.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # a full disk does not say where
        raise
    sync_folder(path.parent)


def _take_mode(neighbour: Path, path: Path) -> None:
    """Let the new file be for those whom the old one was for."""
    try:
        old = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(old):
        neighbour.chmod(stat.S_IMODE(old))


def create(path: Path, data: bytes) -> bool:
    """Write ``path`` unless something stands there already, and say whether it was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(path, data)
    except FileExistsError:
        return False
    sync_folder(path.parent)
    return True


def is_leftover(name: str) -> bool:
    """Whether a file of this name was left behind by a killed ``replace``."""
    return name.startswith(".") and name.endswith(_SUFFIX)


def sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk."""
    if os.name == "nt":  # Windows neither allows nor needs it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
