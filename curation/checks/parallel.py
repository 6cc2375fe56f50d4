"""One look at each of thousands of files, by as many processes as there are processors."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import msgspec

from curation.checks.files import look
from curation.checks.seen import Seen
from curation.checks.sources import Folder
from curation.store.tree import Entry

_CHUNK = 100


def look_at(root: Path, entries: Sequence[Entry], meanwhile: Callable[[], object]) -> list[Seen]:
    """What a look at each of ``entries`` below ``root`` tells, in their order.

    ``meanwhile`` is called as soon as the other processes have work.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    chunks = [entries[at : at + _CHUNK] for at in range(0, len(entries), _CHUNK)]
    spawned = multiprocessing.get_context("spawn")  # others copy locks that threads hold
    others = max(1, (os.cpu_count() or 1) - 1)
    # What a look leaves behind is in no circles, so nobody searches for these.
    with ProcessPoolExecutor(others, spawned, initializer=gc.disable) as pool:
        with _deaf_to_interrupts():
            asked = [pool.submit(_packed, root, chunk) for chunk in chunks]
        try:
            meanwhile()
            # This process begins at the far end, with what nobody has begun.
            ours = {at: _look(root, chunks[at]) for at in _backwards(asked) if asked[at].cancel()}
            found = [ours.get(at) or _unpacked(one.result()) for at, one in enumerate(asked)]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return list(chain.from_iterable(found))


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes and threads that are started here hear no Ctrl-C; who started them does."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # its own start would let signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _backwards(items: Sequence[object]) -> Iterable[int]:
    return reversed(range(len(items)))


def _packed(root: Path, entries: Sequence[Entry]) -> bytes:
    return msgspec.msgpack.encode(_look(root, entries))


def _unpacked(data: bytes) -> list[Seen]:
    return msgspec.msgpack.decode(data, type=list[Seen])


def _look(root: Path, entries: Sequence[Entry]) -> list[Seen]:
    source = Folder(root)
    return [look(source, entry) for entry in entries]
