"""Look at folders and files that strangers may have put there.

Links are never followed, pipes never waited for, and no file is read past a bound.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from curation.errors import InputError

#: Bytes of the largest file that is read. A record of 50,000 files has 5 MB.
MAX_BYTES = 8 * 1024 * 1024

# Room for what is asked is made before anything is read: for most files this is enough.
_PIECE = 64 * 1024

# Refuse a link as the last step, and do not wait for the other end of a pipe.
_SAFELY = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


Kind = Literal["file", "folder", "link", "special"]


class Entry(NamedTuple):
    """Something below a folder; ``path`` is relative to it, with slashes."""

    path: str
    kind: Kind


def entry(folder: Path, path: str) -> Entry | None:
    """What lies at ``path`` below ``folder``, or None if nothing does."""
    try:
        mode = (folder / path).lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(mode):
        return Entry(path, "link")
    if stat.S_ISDIR(mode):
        return Entry(path, "folder")
    return Entry(path, "file" if stat.S_ISREG(mode) else "special")


def listing(folder: Path, prefix: str = "") -> list[Entry]:
    """What lies in ``folder``, sorted. An absent folder is empty.

    Raises InputError for a link and for a folder that cannot be listed.
    """
    if folder.is_symlink():
        raise InputError(
            f"{folder}: a link, where a folder belongs",
            hint="remove it; a catalog holds plain files only",
        )
    try:
        with os.scandir(folder) as found:
            return sorted(Entry(prefix + entry.name, _kind(entry)) for entry in found)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"{folder}: cannot be listed: {error.strerror}") from error


def walk(folder: Path, prefix: str = "") -> Iterator[Entry]:
    """Everything below ``folder``, sorted, each folder before its content.

    Raises InputError like ``listing``.
    """
    for entry in listing(folder, prefix):
        yield entry
        if entry.kind == "folder":
            yield from walk(folder / entry.path.removeprefix(prefix), entry.path + "/")


def read(path: Path | str, most: int | None = None) -> bytes:
    """The bytes of a regular file.

    Raises FileNotFoundError, or InputError for a link, a folder, a device, a file over ``most``
    bytes (default: MAX_BYTES) or one that we may not read.
    """
    most = MAX_BYTES if most is None else most
    try:
        handle = os.open(path, _SAFELY)
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = "a link, where a file belongs" if Path(path).is_symlink() else error.strerror
        raise InputError(f"{path}: cannot be read: {reason}") from error
    try:
        _refuse(path, os.fstat(handle), most)
        return _all_of(handle, most)
    finally:
        os.close(handle)


def _all_of(handle: int, most: int) -> bytes:
    # A read may give less than was asked for, and a file may grow meanwhile.
    pieces, size = [], 0
    while size < most and (piece := os.read(handle, min(_PIECE, most - size))):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _refuse(path: Path | str, status: os.stat_result, most: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{path}: cannot be read: a folder, where a file belongs")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{path}: cannot be read: not a regular file")
    if status.st_size > most:
        raise InputError(f"{path}: cannot be read: over {most:,} bytes")


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_symlink():
        return "link"
    if entry.is_dir():
        return "folder"
    return "file" if entry.is_file() else "special"
