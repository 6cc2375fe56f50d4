"""A step of changes to files that is made whole or not at all, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from curation.errors import ConflictError
from curation.store import atomic, tree


class Step:
    """Some files as they were, and as they were left."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._before = {path: _content(path) for path in paths}
        self._after: dict[Path, bytes | None] = {}

    def undo(self) -> None:
        """Put back what stood in the files; those that were not there go, with empty folders.

        Raises ConflictError if somebody else changed one of them since; then none is touched.
        """
        for path, data in self._after.items():
            if _content(path) != data:
                raise ConflictError(f"{path} has changed since: nothing was undone")
        self.restore()

    def restore(self) -> None:
        """Put back what stood in the files, whatever became of them."""
        for path, data in self._before.items():
            if _content(path) == data:
                continue
            if data is None:
                _remove(path)
            else:
                atomic.replace(path, data)

    def close(self) -> None:
        """Note what the files were made."""
        self._after = {path: _content(path) for path in self._before}


@contextmanager
def step(paths: Iterable[Path]) -> Iterator[Step]:
    """A step on ``paths``; if the block fails or is interrupted, they are as they were."""
    made = Step(paths)
    try:
        yield made
    except BaseException:
        made.restore()
        raise
    made.close()


def _content(path: Path) -> bytes | None:
    try:
        return tree.read(path)
    except FileNotFoundError:
        return None


def _remove(path: Path) -> None:
    path.unlink()
    atomic.sync_folder(path.parent)
    with suppress(OSError):  # other files are in it
        path.parent.rmdir()
