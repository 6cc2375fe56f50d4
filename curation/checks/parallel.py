"""One look at each of thousands of files, by as many processes as there are processors."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from curation.checks.files import look
from curation.checks.seen import Seen
from curation.checks.sources import Folder
from curation.store.tree import Entry

_CHUNK = 500


def look_at(root: Path, entries: Sequence[Entry]) -> list[Seen]:
    """What a look at each of ``entries`` below ``root`` tells, in their order."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    chunks = [entries[at : at + _CHUNK] for at in range(0, len(entries), _CHUNK)]
    spawned = multiprocessing.get_context("spawn")  # others copy locks that threads hold
    # What a look leaves behind is in no circles, so nobody searches for these.
    with ProcessPoolExecutor(os.cpu_count(), spawned, initializer=gc.disable) as pool:
        packed = pool.map(_look, [root] * len(chunks), chunks)
        return [seen for chunk in packed for seen in msgspec.msgpack.decode(chunk, type=list[Seen])]


def _look(root: Path, entries: Sequence[Entry]) -> bytes:
    source = Folder(root)
    return msgspec.msgpack.encode([look(source, entry) for entry in entries])
