from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pyarrow import parquet

from curation.errors import InputError, UsageError
from curation.records import Facts
from curation.tagging import Tagger, writer
from curation.tagging.rows import Row, row

FACTS = Facts(task="text-classification", languages=("ru",), tags=("sentiment-analysis",))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    tagger = Tagger()
    return [row(name, tagger.tag(name, FACTS, None)) for name in ("a/b", "gpt2")]


def test_both_formats_hold_the_same(tmp_path: Path, rows: list[Row]) -> None:
    for name in ("out.jsonl", "out.parquet"):
        assert writer.write(tmp_path / name, rows) == 2
    lines = [msgspec.json.decode(x) for x in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist(maps_as_pydicts="strict")
    assert lines == table == rows


def test_an_unknown_language_is_written_as_the_guide_says(rows: list[Row]) -> None:
    blank = row("a/x1", Tagger().tag("a/x1", Facts(), None))
    assert blank["languages"] == ["und"]
    assert blank["scope"] == "unknown"
    assert blank["task"] is None


def test_the_ending_names_the_format(tmp_path: Path, rows: list[Row]) -> None:
    with pytest.raises(UsageError, match="cannot tell the format"):
        writer.write(tmp_path / "out.csv", rows)


def test_a_run_that_fails_leaves_what_was_there(tmp_path: Path, rows: list[Row]) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")

    def failing() -> Iterator[Row]:
        yield rows[0]
        raise InputError("half-way")

    with pytest.raises(InputError, match="half-way"):
        writer.write(target, failing())
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_unwritable_target_is_one_line(tmp_path: Path, rows: list[Row]) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        writer.write(tmp_path / "file" / "out.jsonl", rows)
