"""One writer at a time. The lock belongs to a process and dies with it, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from curation.errors import ConflictError
from curation.store import atomic, tree


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the lock in ``folder``. Raises ConflictError naming the holder if it is taken."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / "holder"
    lock = FileLock(folder / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise ConflictError(
            f"{folder.parent} is in use by {_named(holder)}",
            hint="wait until it has finished, or stop it",
        ) from error
    try:
        atomic.replace(holder, _myself())
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _myself() -> bytes:
    command = " ".join((Path(sys.argv[0]).name, *sys.argv[1:2]))
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return f"process {os.getpid()} ({command}) since {since}".encode("utf-8", "replace")


def _named(holder: Path) -> str:
    try:
        return tree.read(holder).decode("utf-8", "replace")
    except FileNotFoundError:
        return "another process"
