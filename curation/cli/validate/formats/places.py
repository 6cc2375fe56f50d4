"""Where findings stand: their lines, the text there, and paths that can be opened."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import structs

from curation.checks import gate
from curation.checks.sources import Source
from curation.errors import InputError
from curation.records import Finding

#: Characters of a line that are shown at most.
_MOST = 400


class Places:
    """Looks up the places of findings in the files of ``source``."""

    def __init__(self, root: Path, source: Source) -> None:
        self._root = root
        self._source = source
        self._last: tuple[str, list[bytes]] = ("", [])

    def located(self, findings: Iterable[Finding]) -> list[Finding]:
        """``findings`` with their lines, by path and line."""
        return gate.located(self._source, findings)

    def told(self, findings: Iterable[Finding]) -> list[Finding]:
        """``findings`` with their lines, and with paths as they open from the working folder."""
        found = self.located(findings)
        return [structs.replace(one, path=self.here(one.path)) for one in found]

    def here(self, path: str) -> str:
        """``path`` as it can be opened from the working folder."""
        return Path(os.path.relpath(self._root / path)).as_posix()

    def from_top(self, path: str) -> str:
        """``path`` from the root of the repository."""
        parents = self._root.parents
        top = next((one for one in parents if (one / ".git").exists()), self._root.parent)
        return (self._root / path).relative_to(top).as_posix()

    def excerpt(self, one: Finding) -> str | None:
        """The line that a finding points at, cut to a length that can be shown."""
        if one.line is None:
            return None
        if self._last[0] != one.path:
            self._last = (one.path, self._lines(one.path))
        lines = self._last[1]
        if one.line > len(lines):
            return None
        return lines[one.line - 1][: 4 * _MOST].decode("utf-8", "replace")[:_MOST]

    def _lines(self, path: str) -> list[bytes]:
        try:
            return self._source.read(path).split(b"\n")
        except (FileNotFoundError, InputError):
            return []
