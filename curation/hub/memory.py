"""What a sync remembers for the next one's plan: a cache, without which the plan is worse."""

from __future__ import annotations

from pathlib import Path

import msgspec

from curation import canonical
from curation.errors import InputError
from curation.store import atomic, tree


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of the last whole run.

    ``pages`` by author, ``quota`` (calls per window) and ``calls`` by kind, how many models were
    ``looked`` at, and how many of them had ``changed``.
    """

    pages: dict[str, int] = {}
    quota: dict[str, int] = {}
    calls: dict[str, int] = {}
    looked: int = 0
    changed: int = 0

    @property
    def share(self) -> float | None:
        """The share of models that had changed, or None if nothing was looked at."""
        return self.changed / self.looked if self.looked else None


def load(path: Path) -> Memory:
    """The memory at ``path``; an empty one if there is none, or nothing that can be read."""
    try:
        return msgspec.json.decode(tree.read(path), type=Memory)
    except (FileNotFoundError, InputError, msgspec.DecodeError):
        return Memory()


def save(path: Path, memory: Memory) -> None:
    """Keep ``memory`` for the next run, unless it says so already."""
    if load(path) != memory:
        atomic.replace(path, canonical.dumps(memory).encode())
