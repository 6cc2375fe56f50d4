"""Models from bulk tags: the rows of ``curate tag --from ... --to ...``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from curation.errors import InputError
from curation.model import Model


class _Row(Model, frozen=True, kw_only=True):
    """A row has fields of ``Model``, but tells the confidence of each value."""

    confidence: Any = None


def models(path: Path) -> Iterator[Model]:
    """The models of a file of JSON lines. Raises InputError for a file of another kind.

    Bulk tags hold no facts but sizes: licence, declared results and revision are null.
    """
    decoder = msgspec.json.Decoder(_Row)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                row = msgspec.structs.asdict(_row(decoder, line, f"{path}:{number}"))
                yield Model(**{**row, "confidence": {}})
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _row(decoder: msgspec.json.Decoder[_Row], line: bytes, where: str) -> _Row:
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        hint = "expected the rows of 'curate tag --from ... --to ...'"
        raise InputError(f"{where}: no row of tags: {error}", hint=hint) from error
