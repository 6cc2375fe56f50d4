"""What can be wrong with YAML, apart from its readers so that neither loads the other."""

from __future__ import annotations

from typing import NamedTuple

from curation.errors import InputError


class BrokenYamlError(InputError):
    """No YAML, or none that JSON could say; ``line`` counts from 1 within the source."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class Duplicate(NamedTuple):
    """A key that stands twice in one mapping; ``kept`` if both times with one value."""

    key: str
    line: int
    kept: bool
