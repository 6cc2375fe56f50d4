"""Parquet files, read in batches of rows. Importing this module imports pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from curation.errors import InputError
from curation.hub.bulk.rows import COLUMNS, Unreadable, require

_BATCH = 1024
_BUFFER = 1 << 20


def rows_of(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Row numbers from 1 and the cells of the columns that we know.

    Raises InputError if the file is broken (possibly midway) or lacks what ``rows.require`` wants.
    """
    try:
        with pq.ParquetFile(path, buffer_size=_BUFFER) as file:
            names = file.schema_arrow.names
            require(names, str(path))
            known = [name for name in COLUMNS if name in names]
            number = 0
            for batch in file.iter_batches(_BATCH, columns=known, use_threads=False):
                for cells in zip(*(_cells(_column(batch, name)) for name in known), strict=True):
                    number += 1
                    yield number, dict(zip(known, cells, strict=True))
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(f"{path}: broken Parquet: {reason}") from error


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    """The first column of that name: Parquet allows several."""
    column = batch.column(batch.schema.get_all_field_indices(name)[0])
    if pa.types.is_timestamp(column.type):
        # Nanoseconds would need pandas; as text they are RFC 3339.
        return column.cast(pa.timestamp("us", "UTC"), safe=False).cast(pa.string())
    return column


def _cells(column: pa.Array) -> list[Any]:
    try:
        return column.to_pylist(maps_as_pydicts="lossy")  # type: ignore[no-any-return]
    except (ValueError, OverflowError):
        return [_cell(scalar) for scalar in column]


def _cell(scalar: Any) -> Any:
    try:
        return scalar.as_py(maps_as_pydicts="lossy")
    except UnicodeDecodeError:
        return Unreadable("not UTF-8")
    except (ValueError, OverflowError) as error:
        return Unreadable(str(error))
