"""Read bulk files of models: Parquet or JSON lines, in any column shape that is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from curation.errors import InputError
from curation.hub.bulk import jsonl, rows
from curation.hub.bulk.rows import Row, RowError
from curation.ids import clip

__all__ = ["Row", "RowError", "read"]

_PACKED = {b"\x1f\x8b": "gzip", b"PK": "zip", b"\x28\xb5\x2f\xfd": "zstd", b"BZh": "bzip2"}


def read(
    paths: Iterable[Path], *, source: str | None = None, read_at: str | None = None
) -> Iterator[Row | RowError]:
    """The models of ``paths`` in order, a bounded number of rows in memory at a time.

    ``source`` and ``read_at`` go into the facts; ``source`` is the file's name by default. A
    row that is no model, or whose id stood in an earlier row, is a RowError and the rest goes
    on. Ids seen are remembered, some 150 bytes each. Raises InputError for a file that cannot
    be read, is neither format, lacks an id column or holds nothing but ids.
    """
    seen: set[str] = set()
    for path in paths:
        for number, values in _rows(path):
            try:
                if isinstance(values, InputError):
                    raise values
                row = rows.build(values, source=source or path.name, read_at=read_at)
                if row.id in seen:
                    raise InputError("id stood in an earlier row")
            except InputError as error:
                yield RowError(str(path), number, _shown(values), str(error))
            else:
                seen.add(row.id)
                yield row


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | InputError]]:
    try:
        with path.open("rb") as file:
            head = file.read(jsonl.HEAD)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    if head.startswith(b"PAR1"):
        from curation.hub.bulk import parquet

        return parquet.rows_of(path)
    if jsonl.looks_like_it(head):
        return jsonl.rows_of(path, head)
    raise InputError(f"{path}: {_unknown(head)}", hint="expected a Parquet file or JSON lines")


def _unknown(head: bytes) -> str:
    if not head.strip():
        return "empty file"
    packed = next((name for magic, name in _PACKED.items() if head.startswith(magic)), None)
    return f"packed with {packed}: unpack it first" if packed else "neither Parquet nor JSON lines"


def _shown(values: Mapping[str, Any] | InputError) -> str | None:
    found = None if isinstance(values, InputError) else rows.id_of(values)
    return None if found is None else clip(found, 300)
