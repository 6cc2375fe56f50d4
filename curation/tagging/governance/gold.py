"""Gold files: models that people annotated (see the annotation guide)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from curation.errors import InputError


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a gold file; ``corpus`` names the bulk file that holds the model."""

    id: str
    corpus: str | None = None
    scope: str
    kinds: tuple[str, ...]
    task: str | None
    subtask: str | None
    domains: tuple[str, ...]
    languages: tuple[str, ...]
    platforms: tuple[str, ...]
    derivation: tuple[str, ...]
    disputed: tuple[str, ...] = ()


def read_gold(path: Path) -> list[Gold]:
    """The lines of a gold file. Raises InputError naming the first line that is none."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    return [_gold(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _gold(path: Path, number: int, line: bytes) -> Gold:
    try:
        return msgspec.json.decode(line, type=Gold)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"{path}:{number}: not a gold line: {error}") from error


def said(values: Any) -> set[str]:
    """The values of a field as a set; ``und`` and null say nothing."""
    items = (values,) if isinstance(values, str) else values or ()
    return set(items) - {"und"}
