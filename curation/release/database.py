"""Models as an SQLite database; the same models give the same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

import msgspec

from curation import languages, vocabulary
from curation.model import Model, Tombstone
from curation.records import FACETS
from curation.release.tables import LISTS, NUMBERS, SCHEMA_VERSION, plain_text

_TEXTS = (
    "id", "scope", "task", "subtask", "size_tier", "license", "gated", "library",
    "parameters_source", "bytes_source", "revision", "source", "read_at",
)  # fmt: skip
_COLUMNS = ", ".join([f"{n} TEXT" for n in _TEXTS[1:]] + [f"{n} INTEGER" for n in NUMBERS])
#: Lists that have a table of their own.
_APART = ("aliases", "corrected")
_TABLES = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE models (id TEXT PRIMARY KEY, {_COLUMNS}) WITHOUT ROWID;
CREATE TABLE aliases (alias TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE tags (id TEXT, facet TEXT, value TEXT, PRIMARY KEY (facet, value, id)) WITHOUT ROWID;
CREATE TABLE states (
  id TEXT, facet TEXT, state TEXT, confidence REAL, corrected INTEGER, PRIMARY KEY (id, facet)
) WITHOUT ROWID;
CREATE TABLE tombstones (id TEXT PRIMARY KEY, "on" TEXT, reason TEXT, successor TEXT) WITHOUT ROWID;
CREATE INDEX tags_of ON tags (id);
CREATE INDEX by_task ON models (task, bytes);
CREATE INDEX by_bytes ON models (bytes);
CREATE INDEX by_license ON models (license);
CREATE VIRTUAL TABLE search USING fts5 (id, words);
"""


def as_sqlite(version: str, models: Sequence[Model], tombstones: Iterable[Tombstone] = ()) -> bytes:
    """``catalog.sqlite``.

    ``models`` has what is one value, ``tags`` (id, facet, value) what may be several, ``states``
    what is known of each facet, ``aliases`` and ``tombstones`` the ids that are no model's,
    ``search`` the full text of ids, values and their names.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_TABLES)
        for table, rows in _rows(version, models, tombstones).items():
            _insert(connection, table, rows)
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)


def _rows(
    version: str, models: Sequence[Model], tombstones: Iterable[Tombstone]
) -> dict[str, Iterable[Sequence[object]]]:
    return {
        "about": [("schema_version", str(SCHEMA_VERSION)), ("version", version)],
        "models": map(_model, models),
        "aliases": [(alias, one.id) for one in models for alias in one.aliases],
        "tags": sorted({row for one in models for row in _tags(one)}),
        "states": (row for one in models for row in _states(one)),
        "tombstones": map(msgspec.structs.astuple, tombstones),
        "search": ((one.id, " ".join(_words(one))) for one in models),
    }


def _model(model: Model) -> list[object]:
    values = {name: getattr(model, name) for name in (*_TEXTS, *NUMBERS)}
    return list({**values, "gated": plain_text(model.gated)}.values())


def _tags(model: Model) -> Iterator[tuple[str, str, str]]:
    for name in LISTS:
        if name not in _APART:
            yield from ((model.id, name, value) for value in getattr(model, name))


def _states(model: Model) -> Iterator[tuple[object, ...]]:
    for facet in FACETS:
        known = model.states.get(facet, "known"), model.confidence.get(facet)
        yield model.id, facet, *known, facet in model.corrected


def _words(model: Model) -> Iterator[str]:
    """Each value as it is written, and what people call it."""
    yield from (value for value in (model.license, model.library) if value)
    yield from (value for name in LISTS for value in getattr(model, name))
    named = [("tasks", (model.task,)), ("subtasks", (model.subtask,)), ("domains", model.domains)]
    for name, slugs in named:
        known = vocabulary.load(name).values
        yield from (f"{slug} {known[slug].label}" for slug in slugs if slug)
    yield from map(languages.english_name, model.languages)
