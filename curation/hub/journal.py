"""What a sync has finished, so that one that was broken off goes on where it stopped.

A line is written behind each record. It is not forced to the disk: after a power cut a few models
are looked at again, which does no harm.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import msgspec

from curation.errors import InputError
from curation.store import tree
from curation.store.popularity import Popularity

#: A run that was broken off longer ago has nothing to say about today.
_VALID = timedelta(hours=6)


class _Head(msgspec.Struct):
    endpoint: str
    started: str


class _Line(msgspec.Struct):
    id: str
    downloads: int | None = None
    likes: int | None = None
    checked: str | None = None


class Journal:
    """The journal at ``path`` of a sync with ``endpoint``; ``now`` is RFC 3339.

    ``done`` holds the models that a run before this one has finished, with their counts, and
    ``since`` when it started; a run with another endpoint, or too long ago, says nothing.
    """

    def __init__(self, path: Path, endpoint: str, now: str) -> None:
        self.done: Mapping[str, Popularity] = {}
        self.since: str | None = None
        self._path = path
        self._head = _Head(endpoint, now)
        self._file: BinaryIO | None = None
        self._resume()

    def note(self, model_id: str, row: Popularity) -> None:
        """``model_id`` is finished, with these counts. Raises OSError naming the file."""
        line = _Line(model_id, row.downloads, row.likes, row.checked)
        try:
            self._open().write(msgspec.json.encode(line) + b"\n")
        except OSError as error:
            error.filename = str(self._path)
            raise

    def close(self) -> None:
        """Leave the journal to the next run."""
        if self._file:
            self._file.close()
            self._file = None

    def finish(self) -> None:
        """All is done: there is nothing to go on with."""
        self.close()
        self._path.unlink(missing_ok=True)

    def _resume(self) -> None:
        try:
            lines = tree.read(self._path).split(b"\n")
        except (FileNotFoundError, InputError):
            return
        try:
            head = msgspec.json.decode(lines[0], type=_Head)
            age = _time(self._head.started) - _time(head.started)
        except (msgspec.DecodeError, ValueError):
            return
        if head.endpoint == self._head.endpoint and timedelta(0) <= age < _VALID:
            self._head, self.since = head, head.started
            self.done = dict(map(_entry, _whole(lines[1:])))

    def _open(self) -> BinaryIO:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Unbuffered: what is written survives the process. The first line is broken off
            # behind a line that a kill has cut.
            if self.since is None:
                self._file = self._path.open("wb", buffering=0)
                self._file.write(msgspec.json.encode(self._head) + b"\n")
            else:
                self._file = self._path.open("ab", buffering=0)
                self._file.write(b"\n")
        return self._file


def _whole(lines: list[bytes]) -> list[_Line]:
    found = []
    for line in lines:
        try:
            found.append(msgspec.json.decode(line, type=_Line))
        except msgspec.DecodeError:
            continue  # empty, or cut by a kill
    return found


def _entry(line: _Line) -> tuple[str, Popularity]:
    row = Popularity(downloads=line.downloads, likes=line.likes, checked=line.checked)
    return line.id, row


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
