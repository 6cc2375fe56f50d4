"""What a release writes is what is read back, whatever the Hub calls things."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

import curation
from curation.model import Model, Tombstone
from curation.records import FACETS, Result
from curation.release import database, sums, tables

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
COUNTS = st.none() | st.integers(0, 2**63 - 1)
RESULTS = st.builds(
    Result, task=TEXTS, dataset=TEXTS, metric=TEXTS, value=TEXTS, split=st.none() | TEXTS
)
MODELS = st.builds(
    Model,
    id=TEXTS,
    license=st.none() | TEXTS,
    library=st.none() | TEXTS,
    specialization=LISTS,
    datasets=LISTS,
    base_models=LISTS,
    results=st.lists(RESULTS, max_size=2).map(tuple),
    gated=st.sampled_from(["auto", "manual", None]),
    bytes=COUNTS,
    parameters=COUNTS,
    confidence=st.dictionaries(st.sampled_from(FACETS), st.floats(0, 1), max_size=2),
    states=st.dictionaries(
        st.sampled_from(FACETS), st.sampled_from(["unknown", "conflicting"]), max_size=2
    ),
)
CATALOGS = st.lists(MODELS, max_size=4, unique_by=lambda model: model.id)
GRAVE = Tombstone(id="a/gone", on="2026-01-31", reason="why")


@settings(max_examples=40)
@given(CATALOGS)
def test_models_come_back_as_they_went(models: list[Model]) -> None:
    data = {"catalog.json": tables.as_json("1.2.3", models, [GRAVE])}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {**data, sums.NAME: sums.write(data)}.items():
            (Path(folder) / name).write_bytes(content)
        found = curation.load(folder)
    assert (found.version, found.models, found.tombstones) == (
        "1.2.3", tuple(models), {"a/gone": GRAVE},
    )  # fmt: skip


@settings(max_examples=40)
@given(CATALOGS)
def test_lines_and_parquet_say_what_the_document_says(models: list[Model]) -> None:
    told = json.loads(tables.as_json("1.2.3", models))["models"]
    lines = tables.as_lines(models).split(b"\n")[:-1]
    assert [json.loads(line) for line in lines] == told
    rows = pq.read_table(io.BytesIO(tables.as_parquet(models))).to_pylist()
    for row in rows:
        for name in ("confidence", "states"):
            row[name] = {facet: value for facet, value in row[name].items() if value is not None}
    assert rows == told


@settings(max_examples=40)
@given(CATALOGS)
def test_a_database_holds_each_value_as_it_is(models: list[Model]) -> None:
    content = database.as_sqlite("1.2.3", models, [GRAVE])
    assert content == database.as_sqlite("1.2.3", models, [GRAVE])
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(content)
        rows = db.execute("SELECT id, license, library, bytes FROM models").fetchall()
        tags = db.execute("SELECT id, value FROM tags WHERE facet = 'datasets'").fetchall()
    assert set(rows) == {(one.id, one.license, one.library, one.bytes) for one in models}
    assert set(tags) == {(one.id, value) for one in models for value in one.datasets}
