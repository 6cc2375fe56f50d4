"""The contract from outside: other tools read a release without us."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import jsonschema
import pandas as pd
import polars as pl
import pyarrow.parquet as pq

import curation
from curation.model import Model
from curation.records import Result
from curation.release import database, tables


def test_plain_json(folder: Path) -> None:
    whole = json.loads((folder / "catalog.json").read_text())
    assert whole["schema_version"] == 1
    assert [one["id"] for one in whole["models"]] == ["acme/bee", "acme/spam-detector", "acme/wasp"]
    assert whole["version"] == folder.name
    lines = (folder / "catalog.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == whole["models"]


def test_sqlite_answers_by_tag_and_by_word(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as db:
        by_tag = "SELECT id FROM tags WHERE facet = 'languages' AND value = 'ru'"
        assert db.execute(by_tag).fetchall() == [("acme/bee",)]
        by_word = "SELECT id FROM search WHERE search MATCH 'spam'"
        assert db.execute(by_word).fetchall() == [("acme/spam-detector",)]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert dict(db.execute("SELECT name, value FROM about"))["schema_version"] == "1"


def test_sqlite_tells_what_is_not_known_and_which_ids_went(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as db:
        unknown = "SELECT facet FROM states WHERE id = 'acme/wasp' AND state = 'unknown'"
        told = json.loads((folder / "catalog.json").read_text())["models"][2]["states"]
        assert [facet for (facet,) in db.execute(unknown)] == sorted(told)
        by_alias = "SELECT id FROM aliases WHERE alias = 'old/bee'"
        assert db.execute(by_alias).fetchall() == [("acme/bee",)]
        gone = db.execute("SELECT * FROM tombstones").fetchall()
        assert gone == [("acme/ant", "2026-01-31", "made private", "acme/bee")]
        by_name = "SELECT id FROM search WHERE search MATCH 'russian'"
        assert db.execute(by_name).fetchall() == [("acme/bee",)]


def test_parquet_has_every_field_of_the_json(folder: Path) -> None:
    rows = pq.read_table(folder / "catalog.parquet").to_pylist()
    models = json.loads((folder / "catalog.json").read_text())["models"]
    for row, model in zip(rows, models, strict=True):
        assert row.keys() == model.keys()
        for name in ("confidence", "states"):
            row[name] = {facet: value for facet, value in row[name].items() if value is not None}
        assert row == model


def test_every_field_of_a_model_has_a_place_in_parquet_and_sqlite() -> None:
    result = Result(task="t", dataset="d", metric="m", value=0.5)
    full = Model(
        id="a/one", gated=False, results=(result,), corrected=("task",), aliases=("one",),
        confidence={"specialization": 1.0}, states={"domains": "conflicting"}, datasets=("d",),
    )  # fmt: skip
    row = pq.read_table(io.BytesIO(tables.as_parquet([full]))).to_pylist()[0]
    assert (row["gated"], row["results"][0]["value"], row["corrected"]) == (
        "false",
        "0.5",
        ["task"],
    )
    assert row["states"]["domains"] == "conflicting"
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(database.as_sqlite("1.0.0", [full]))
        assert db.execute("SELECT gated FROM models").fetchone() == ("false",)
        assert db.execute("SELECT value FROM tags WHERE facet = 'datasets'").fetchone() == ("d",)
        told = "SELECT state, confidence, corrected FROM states WHERE facet = ?"
        assert db.execute(told, ("domains",)).fetchone() == ("conflicting", None, 0)
        assert db.execute(told, ("task",)).fetchone() == ("known", None, 1)


def test_parquet_holds_a_row_a_model(folder: Path) -> None:
    rows = pq.read_table(folder / "catalog.parquet").to_pylist()
    assert rows[0]["languages"] == ["ru"]
    assert rows[0]["bytes"] == 400
    assert rows[2]["bytes"] is None


def test_pandas_reads_what_we_read(folder: Path) -> None:
    frame = curation.load(folder).to_pandas()
    outside = pd.read_parquet(folder / "catalog.parquet")
    assert list(frame["id"]) == list(outside["id"])
    assert list(frame.columns) == list(outside.columns)
    assert list(frame[frame["bytes"] <= 400]["id"]) == ["acme/bee"]  # unknown is no match
    assert frame["downloads"].dtype == "Int64"
    assert frame["task"].iloc[0] == outside["task"].iloc[0] == "automatic-speech-recognition"


def test_duckdb_asks_parquet_and_json_lines_the_same(folder: Path) -> None:
    with duckdb.connect() as db:
        parquet = (
            f"SELECT id, task FROM '{folder}/catalog.parquet' WHERE list_contains(languages, 'ru')"
        )
        lines = (
            f"SELECT id, task FROM read_json('{folder}/catalog.jsonl', format='newline_delimited')"
            " WHERE list_contains(languages, 'ru')"
        )
        count = f"SELECT count(*) FROM '{folder}/catalog.jsonl'"
        assert db.sql(count).fetchall() == [(3,)]
        expected = [("acme/bee", "automatic-speech-recognition")]
        assert db.sql(parquet).fetchall() == db.sql(lines).fetchall() == expected


def test_polars_reads_the_columns_as_they_are_named(folder: Path) -> None:
    frame = pl.read_parquet(folder / "catalog.parquet")
    assert frame.schema["languages"] == pl.List(pl.String)
    assert frame.schema["bytes"] == pl.Int64
    small = frame.filter(pl.col("bytes") <= 400, pl.col("languages").list.contains("ru"))
    assert small["id"].to_list() == ["acme/bee"]
    doubted = frame.filter(pl.col("states").struct.field("derivation") == "unknown")
    assert "acme/wasp" in doubted["id"].to_list()


def test_a_release_brings_the_schema_of_each_of_its_json_files(folder: Path) -> None:
    for path in sorted(folder.rglob("*.json")):
        if path.parent.name != "schemas":
            name = {"catalog": "release", "models": "advisor"}.get(path.stem, path.stem)
            schema = json.loads((folder / "schemas" / f"{name}.schema.json").read_text())
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text()))
