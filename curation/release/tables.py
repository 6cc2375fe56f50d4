"""Models as JSON, JSON lines, Parquet and SQLite; the same models give the same bytes."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from curation import canonical
from curation.model import Model

#: The version of what a release's files look like; readers refuse a later one.
SCHEMA_VERSION = 1
_LISTS = ("kinds", "domains", "languages", "platforms", "derivation", "specialization", "formats")
_TEXTS = (
    "id", "scope", "task", "subtask", "size_tier", "license", "library", "revision", "read_at"
)  # fmt: skip
_NUMBERS = ("parameters", "bytes", "downloads", "likes")


def as_json(version: str, models: Sequence[Model]) -> bytes:
    """``catalog.json``: one document, ``models`` by id."""
    whole = {"schema_version": SCHEMA_VERSION, "version": version, "models": list(models)}
    return canonical.dumps(whole).encode()


def as_lines(version: str, models: Sequence[Model]) -> bytes:
    """``catalog.jsonl``: a head with the version, then a model a line."""
    head = {"schema_version": SCHEMA_VERSION, "version": version}
    lines = (msgspec.json.encode(one, order="sorted") for one in (head, *models))
    return b"".join(line + b"\n" for line in lines)


def as_parquet(models: Sequence[Model]) -> bytes:
    """``catalog.parquet``: a row a model; lists are lists of text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = [pa.field(name, pa.string()) for name in (*_TEXTS, "source")]
    lists = [pa.field(name, pa.list_(pa.string())) for name in (*_LISTS, "aliases", "base_models")]
    numbers = [pa.field(name, pa.int64()) for name in _NUMBERS]
    rows = [_row(one) for one in models]
    table = pa.Table.from_pylist(rows, schema=pa.schema([*texts, *lists, *numbers]))
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _row(model: Model) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(model)
    return plain


def as_sqlite(version: str, models: Sequence[Model]) -> bytes:
    """``catalog.sqlite``: ``models``, ``tags`` (id, facet, value), ``search`` (full text)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite"
        connection = sqlite3.connect(path)
        try:
            _fill(connection, version, models)
        finally:
            connection.close()
        return path.read_bytes()


def _fill(connection: sqlite3.Connection, version: str, models: Sequence[Model]) -> None:
    columns = ", ".join([f"{n} TEXT" for n in _TEXTS[1:]] + [f"{n} INTEGER" for n in _NUMBERS])
    connection.executescript(
        f"CREATE TABLE models (id TEXT PRIMARY KEY, {columns}) WITHOUT ROWID;"
        "CREATE TABLE tags (id TEXT, facet TEXT, value TEXT, PRIMARY KEY (facet, value, id))"
        " WITHOUT ROWID;"
        "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
        "CREATE INDEX tags_of ON tags (id);"
        "CREATE INDEX by_task ON models (task, bytes);"
        "CREATE VIRTUAL TABLE search USING fts5 (id, words);"
    )
    marks = ", ".join("?" * (len(_TEXTS) + len(_NUMBERS)))
    rows = ([getattr(one, name) for name in (*_TEXTS, *_NUMBERS)] for one in models)
    connection.executemany(f"INSERT INTO models VALUES ({marks})", rows)
    connection.executemany("INSERT INTO tags VALUES (?, ?, ?)", sorted(set(_tags(models))))
    connection.executemany("INSERT INTO search VALUES (?, ?)", map(_words, models))
    about = [("schema_version", str(SCHEMA_VERSION)), ("version", version)]
    connection.executemany("INSERT INTO about VALUES (?, ?)", about)
    connection.commit()
    connection.execute("VACUUM")


def _tags(models: Sequence[Model]) -> list[tuple[str, str, str]]:
    held = ((one, name) for one in models for name in _LISTS)
    return [(one.id, name, value) for one, name in held for value in getattr(one, name)]


def _words(model: Model) -> tuple[str, str]:
    values = (value for name in _LISTS for value in getattr(model, name))
    singles = (value for value in (model.task, model.subtask, model.license) if value)
    return model.id, " ".join([*singles, *values])
