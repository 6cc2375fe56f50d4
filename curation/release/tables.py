"""Models as JSON, JSON lines and Parquet; the same models give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from curation import canonical
from curation.model import Document, Model, Tombstone
from curation.records import FACETS, Result

#: The version of what a release's files look like; readers refuse a later one.
SCHEMA_VERSION = 1
#: Fields that hold several texts, and those that hold a whole number; all others hold one text.
LISTS = (
    "aliases", "kinds", "domains", "languages", "platforms", "derivation", "specialization",
    "base_models", "datasets", "formats", "corrected",
)  # fmt: skip
NUMBERS = ("parameters", "bytes", "downloads", "likes")


def as_json(version: str, models: Sequence[Model], tombstones: Iterable[Tombstone] = ()) -> bytes:
    """``catalog.json``: one document, ``models`` and ``tombstones`` by id."""
    document = Document(
        schema_version=SCHEMA_VERSION,
        version=version,
        models=tuple(models),
        tombstones=tuple(tombstones),
    )
    return canonical.dumps(document).encode()


def as_lines(models: Iterable[Model]) -> bytes:
    """``catalog.jsonl``: a model a line, and nothing else: what tools read as rows are models."""
    lines = (msgspec.json.encode(one, order="sorted") for one in models)
    return b"".join(line + b"\n" for line in lines)


def as_parquet(models: Iterable[Model]) -> bytes:
    """``catalog.parquet``: a row a model, a column a field.

    Lists are lists of text; ``confidence`` and ``states`` have a field a facet, null where the
    model has none.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([pa.field(name, _type(name)) for name in Model.__struct_fields__])
    table = pa.Table.from_pylist([_row(one) for one in models], schema)
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _type(name: str) -> Any:
    import pyarrow as pa

    of_facets = {"confidence": pa.float64(), "states": pa.string()}
    if name in of_facets:
        return pa.struct([pa.field(facet, of_facets[name]) for facet in FACETS])
    if name == "results":
        texts = [pa.field(part, pa.string()) for part in Result.__struct_fields__]
        return pa.list_(pa.struct(texts))
    if name in LISTS:
        return pa.list_(pa.string())
    return pa.int64() if name in NUMBERS else pa.string()


def _row(model: Model) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(model)
    results = [{**one, "value": str(one["value"])} for one in plain["results"]]
    return {**plain, "gated": plain_text(model.gated), "results": results}


def plain_text(value: bool | str | None) -> str | None:
    """A value that may be true or false as text: ``true``, ``false``."""
    return str(value).lower() if isinstance(value, bool) else value
