"""What earlier runs saw, kept under ``.curate/`` so that only changed files are looked at again.

An entry counts only for the very bytes it was made from, and all entries only for the very code,
schemas and vocabularies that made them. A file that is missing, cut short, of another version or
not ours is an empty cache: it is never trusted, and never a reason to fail.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

import curation
from curation import roots
from curation.checks.seen import Seen
from curation.errors import InputError
from curation.records import Finding
from curation.store import tree

FILE = "checks.cache"

_HEAD = b"curate checks 1\n"
#: Whose code decides what is seen.
_CODE = ("card", "checks", "checks/families", "cli", "store", "tagging")
_MAX_BYTES = 512 * 1024 * 1024


class Judged(msgspec.Struct, frozen=True, array_like=True):
    """What recomputing its tags told of a record; ``key`` names all that it rests on."""

    key: str
    findings: tuple[Finding, ...] = ()


class _Kept(msgspec.Struct):
    seen: dict[str, Seen] = {}
    packs: dict[str, str] = {}
    judged: dict[str, Judged] = {}


class Cache:
    """The entries by path. ``packs`` are hashes of rule packs by what they rest on."""

    def __init__(self, folder: Path | None) -> None:
        """Read the cache in ``folder``; None keeps nothing."""
        self._path = folder / FILE if folder else None
        self._stamp = _stamp() if folder else b""
        self._old = self._load()
        self._new = _Kept()
        self._fresh = False

    @property
    def is_empty(self) -> bool:
        """Whether no earlier run left anything that counts."""
        return not self._old.seen

    def seen(self, path: str, key: str) -> Seen | None:
        """What was seen in the file at ``path`` when it had the bytes that git calls ``key``."""
        found = self._old.seen.get(path)
        if found is None or found.key != key:
            return None
        self._new.seen[path] = found
        return found

    def keep(self, path: str, seen: Seen) -> None:
        """Keep what was seen; what has no key is not kept."""
        if seen.key and self._new.seen.get(path) is not seen:
            self._new.seen[path] = seen
            self._fresh = True

    def packs(self, key: str) -> str | None:
        """The hash of the packs that rest on ``key``."""
        found = self._old.packs.get(key)
        if found is not None:
            self._new.packs[key] = found
        return found

    def keep_packs(self, key: str, digest: str) -> None:
        """Keep the hash of packs."""
        self._new.packs[key] = digest
        self._fresh = True

    def judged(self, path: str, key: str) -> Judged | None:
        """What recomputing told of the record at ``path`` when it rested on ``key``."""
        found = self._old.judged.get(path)
        if found is None or found.key != key:
            return None
        self._new.judged[path] = found
        return found

    def keep_judged(self, path: str, judged: Judged) -> None:
        """Keep what recomputing told."""
        self._new.judged[path] = judged
        self._fresh = True

    def save(self) -> None:
        """Write what was used and kept in this run, if it is not what is there."""
        if self._path is None or not (self._fresh or self._has_leavers()):
            return
        payload = msgspec.msgpack.encode(self._new)
        try:
            _replace(self._path, _HEAD + self._stamp + hashlib.sha256(payload).digest() + payload)
        except OSError:  # a folder that we may not write: the next run looks at all files again
            return

    def _has_leavers(self) -> bool:
        old, new = self._old, self._new
        return len(old.seen) > len(new.seen) or len(old.judged) > len(new.judged)

    def _load(self) -> _Kept:
        if self._path is None:
            return _Kept()
        try:
            data = tree.read(self._path, _MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError, InputError):
            return _Kept()
        head, payload = data[: len(_HEAD) + 64], data[len(_HEAD) + 64 :]
        if head != _HEAD + self._stamp + hashlib.sha256(payload).digest():
            return _Kept()
        try:
            return msgspec.msgpack.decode(payload, type=_Kept)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _Kept()


def _replace(path: Path, data: bytes) -> None:
    # Unlike a file of the catalog it need not reach the disk: half a cache is none.
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    try:
        neighbour.write_bytes(data)
        neighbour.replace(path)
    except BaseException:
        neighbour.unlink(missing_ok=True)
        raise


def _stamp() -> bytes:
    """What names the code and data of this installation.

    Not its version alone: of an editable installation that stays the same. Times of files make it
    also hard to forge for one who commits a cache.
    """
    found = hashlib.sha256(curation.__version__.encode())
    package = roots.PACKS.parent
    code = (package, *(package / name for name in _CODE))
    for folder in (*code, roots.PACKS, roots.VOCABULARIES, roots.RULES, roots.schemas()):
        found.update("".join(_told(folder)).encode())
    return found.digest()


def _told(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name.endswith((".py", ".toml", ".json")):
                status = entry.stat()
                yield f"{entry.name}\0{status.st_size}\0{status.st_mtime_ns}\n"
