"""The contract from outside: other tools read a release without us."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

import curation


def test_plain_json(folder: Path) -> None:
    whole = json.loads((folder / "catalog.json").read_text())
    assert whole["schema_version"] == 1
    assert [one["id"] for one in whole["models"]] == ["acme/bee", "acme/spam-detector", "acme/wasp"]
    head, *lines = (folder / "catalog.jsonl").read_text().splitlines()
    assert json.loads(head)["version"] == whole["version"]
    assert [json.loads(line) for line in lines] == whole["models"]


def test_sqlite_answers_by_tag_and_by_word(folder: Path) -> None:
    with sqlite3.connect(folder / "catalog.sqlite") as db:
        by_tag = "SELECT id FROM tags WHERE facet = 'languages' AND value = 'ru'"
        assert db.execute(by_tag).fetchall() == [("acme/bee",)]
        by_word = "SELECT id FROM search WHERE search MATCH 'spam'"
        assert db.execute(by_word).fetchall() == [("acme/spam-detector",)]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert dict(db.execute("SELECT name, value FROM about"))["schema_version"] == "1"


def test_parquet_holds_a_row_a_model(folder: Path) -> None:
    rows = pq.read_table(folder / "catalog.parquet").to_pylist()
    assert rows[0]["languages"] == ["ru"]
    assert rows[0]["bytes"] == 400
    assert rows[2]["bytes"] is None


def test_pandas_reads_what_we_read(folder: Path) -> None:
    frame = curation.load(folder).to_pandas()
    outside = pd.read_parquet(folder / "catalog.parquet")
    assert list(frame["id"]) == list(outside["id"])
    assert frame["task"].iloc[0] == outside["task"].iloc[0] == "automatic-speech-recognition"
