"""Write tagged rows to a bulk file, JSON lines or Parquet: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from curation.errors import InputError, UsageError
from curation.records import FACETS, GOLD, SINGLE
from curation.store import atomic
from curation.tagging.rows import Row

#: Rows of one Parquet row group.
_GROUP = 8_192


def write(path: Path, rows: Iterable[Row]) -> int:
    """Write ``rows`` to ``path``, in the format its ending names, and count them.

    Raises UsageError for another ending, InputError if the file cannot be written; in both
    cases what stood at ``path`` stands there still.
    """
    formats: dict[str, Callable[[BinaryIO, Iterable[Row]], int]] = {
        ".jsonl": _jsonl,
        ".parquet": _parquet,
    }
    if path.suffix not in formats:
        raise UsageError(f"{path}: cannot tell the format", hint="end it in .jsonl or .parquet")
    try:
        with atomic.writing(path) as file:
            return formats[path.suffix](file, rows)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error


def _jsonl(file: BinaryIO, rows: Iterable[Row]) -> int:
    encode, count = msgspec.json.Encoder().encode, 0
    for row in rows:
        file.write(encode(row) + b"\n")
        count += 1
    return count


def _parquet(file: BinaryIO, rows: Iterable[Row]) -> int:
    import pyarrow
    from pyarrow import parquet

    schema, count = _schema(pyarrow), 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            writer.write_batch(pyarrow.RecordBatch.from_pylist(batch, schema))
            count += len(batch)
    return count


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while batch := list(islice(source, _GROUP)):
        yield batch


def _schema(pa: Any) -> Any:
    """Lists for facets with several values; ``confidence`` maps value to probability by facet."""
    text = pa.string()
    probabilities = pa.map_(text, pa.float64())
    columns = (*GOLD, "specialization", "size_tier")
    return pa.schema(
        [
            ("id", text),
            *((name, text if name in SINGLE else pa.list_(text)) for name in columns),
            ("parameters", pa.int64()),
            ("bytes", pa.int64()),
            ("state", pa.struct([(name, text) for name in FACETS])),
            ("confidence", pa.struct([(name, probabilities) for name in FACETS])),
            ("review", pa.list_(text)),
            ("evidence", pa.list_(_evidence(pa))),
        ]
    )


def _evidence(pa: Any) -> Any:
    texts = ("facet", "value", "rule", "signal", "term")
    return pa.struct(
        [*((name, pa.string()) for name in texts), ("line", pa.int64()), ("weight", pa.float64())]
    )
