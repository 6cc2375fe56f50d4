from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import ids
from curation.errors import InputError
from curation.hub.bulk import Row, RowError, read
from curation.hub.bulk import jsonl as bulk_jsonl
from curation.hub.bulk.rows import COLUMNS
from curation.records import Facts

SHA = "0123456789abcdef0123456789abcdef01234567"
INFO = {"modelId": "org/a", "sha": SHA, "tags": ["license:mit"], "pipeline_tag": "fill-mask"}


def as_parquet(path: Path, columns: dict[str, Any]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def as_lines(path: Path, columns: dict[str, Any]) -> Path:
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


WRITERS = pytest.mark.parametrize("write", [as_parquet, as_lines])
Writer = Callable[[Path, dict[str, Any]], Path]


def rows(*paths: Path) -> list[Row]:
    found = list(read(paths))
    assert [row for row in found if isinstance(row, RowError)] == []
    return [row for row in found if isinstance(row, Row)]


def errors(*paths: Path) -> list[RowError]:
    return [row for row in read(paths) if isinstance(row, RowError)]


# --- the shapes of columns that are about


@WRITERS
def test_a_raw_answer_as_text(tmp_path: Path, write: Writer) -> None:
    path = write(tmp_path / "x", {"id": ["org/a"], "info": [json.dumps(INFO)], "card": ["# A"]})
    (row,) = rows(path)
    assert (row.id, row.card, row.flaws) == ("org/a", "# A", ())
    assert (row.facts.source, row.facts.revision) == ("x", SHA)
    assert (row.facts.task, row.facts.license) == ("fill-mask", "mit")


@WRITERS
def test_tags_and_counts(tmp_path: Path, write: Writer) -> None:
    columns = {
        "id": ["org/a", "b"],
        "tags": [["en", "base_model:c/d"], None],
        "downloads": [5, None],
        "likes": [0, 1],
        "card": [None, "text"],
    }
    first, second = rows(write(tmp_path / "x", columns))
    assert first.facts.languages == ("en",)
    assert [base.id for base in first.facts.base_models] == ["c/d"]
    assert (first.card, second.card) == (None, "text")
    assert second.facts == Facts(source="x")


@WRITERS
def test_ids_and_cards_alone_leave_the_facts_bare(tmp_path: Path, write: Writer) -> None:
    path = write(tmp_path / "x", {"id": ["a/b"], "card": ["---\nlicense: mit\n---\n# B"]})
    (row,) = rows(path)
    assert row.facts == Facts(source="x")


@WRITERS
def test_cards_with_metadata(tmp_path: Path, write: Writer) -> None:
    columns = {
        "modelId": ["a/b"],
        "author": ["a"],
        "last_modified": ["2024-05-01 10:00:00+00:00"],
        "downloads": [3],
        "likes": [1],
        "library_name": ["peft"],
        "tags": [["peft"]],
        "pipeline_tag": ["text-generation"],
        "createdAt": ["2024-04-01T10:00:00.000Z"],
        "card": ["# B"],
    }
    (row,) = rows(write(tmp_path / "x", columns))
    assert (row.id, row.facts.library, row.facts.task) == ("a/b", "peft", "text-generation")
    assert row.facts.created == "2024-04-01T10:00:00Z"
    assert row.facts.modified == "2024-05-01T10:00:00Z"


@WRITERS
def test_statistics_with_json_text_in_cells(tmp_path: Path, write: Writer) -> None:
    columns = {
        "id": ["a/b"],
        "author": ["a"],
        "cardData": ['{"license": "mit", "language": ["fr"]}'],
        "disabled": [False],
        "gated": ["False"],
        "lastModified": ["2024-05-01T10:00:00.000Z"],
        "likes": [1],
        "private": [False],
        "sha": [SHA],
        "config": ['{"model_type": "bert"}'],
        "downloads": [3],
        "tags": ['["pytorch"]'],
        "pipeline_tag": ["fill-mask"],
        "library_name": ["transformers"],
        "createdAt": ["2024-04-01T10:00:00.000Z"],
        "safetensors": ['{"parameters": {"F32": 7}, "total": 7}'],
        "siblings": ['[{"rfilename": "model.safetensors"}]'],
    }
    (row,) = rows(write(tmp_path / "x", columns))
    assert row.flaws == ()
    assert (row.facts.license, row.facts.languages) == ("mit", ("fr",))
    assert (row.facts.model_type, row.facts.parameters) == ("bert", {"F32": 7})
    assert row.facts.gated is False
    assert [file.path for file in row.facts.files] == ["model.safetensors"]
    assert row.facts.tags == ("pytorch",)


def test_statistics_with_structures_in_cells(tmp_path: Path) -> None:
    when = [datetime(2024, 5, 1, tzinfo=UTC), None]
    table = {
        "id": pa.array(["a/b", "c/d"], pa.large_string()),
        "config": pa.array([{"model_type": "bert", "architectures": ["B"]}, {"model_type": None}]),
        "safetensors": pa.array([{"parameters": {"F32": 7, "F16": None}, "total": 7}, None]),
        "gguf": pa.array([None, [("total", 5)]], pa.map_(pa.string(), pa.int64())),
        "siblings": pa.array([[{"rfilename": "x"}], None]),
        "lastModified": pa.array([datetime(2024, 5, 1), None], pa.timestamp("ns")),
        "createdAt": pa.array(when, pa.timestamp("ms", "Asia/Tokyo")),
        "pipeline_tag": pa.array(["fill-mask", None]).dictionary_encode(),
    }
    first, second = rows(as_parquet(tmp_path / "x.parquet", table))
    assert first.facts.parameters == {"F32": 7}
    assert (first.facts.model_type, first.facts.task) == ("bert", "fill-mask")
    assert first.facts.modified == first.facts.created == "2024-05-01T00:00:00Z"
    assert second.facts == Facts(source="x.parquet", parameters_total=5)


def test_raw_answers_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({**INFO, "id": "org/a"}) + "\n")
    (row,) = rows(path)
    assert (row.facts.task, row.facts.revision) == ("fill-mask", SHA)


def test_an_answer_may_be_an_object_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"id": "org/a", "info": INFO}) + "\n")
    assert rows(path)[0].facts.task == "fill-mask"


def test_source_and_time_of_reading_are_the_callers(tmp_path: Path) -> None:
    path = as_lines(tmp_path / "x", {"id": ["a/b"], "tags": [[]]})
    (row,) = read([path], source="a dump", read_at="2026-01-01T00:00:00Z")
    assert isinstance(row, Row)
    assert (row.facts.source, row.facts.read_at) == ("a dump", "2026-01-01T00:00:00Z")


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    parquet = as_parquet(tmp_path / "x.jsonl", {"id": ["a/b"], "tags": [["en"]]})
    lines = as_lines(tmp_path / "x.parquet", {"id": ["c/d"], "tags": [["de"]]})
    assert [row.id for row in rows(parquet, lines)] == ["a/b", "c/d"]


def test_lines_may_begin_with_a_byte_order_mark_and_hold_blank_ones(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a/b", "tags": []}\r\n\r\n{"id": "c/d", "tags": []}')
    assert [row.id for row in rows(path)] == ["a/b", "c/d"]


def test_rows_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    names = [f"org/m{n}" for n in range(5000, 0, -1)]
    path = as_parquet(tmp_path / "x.parquet", {"id": names, "card": [None] * len(names)})
    assert [row.id for row in rows(path)] == names


# --- rows that are no models


def test_a_bad_row_is_reported_and_the_rest_done(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [
        {"id": "a/b", "info": json.dumps(INFO)},
        {"id": "../../etc", "info": None},
        {"id": None, "info": None},
        {"id": "c/d", "info": "{broken"},
        {"id": "e/f", "info": "[1]"},
        {"id": "a/b", "info": None},
        {"id": "g/h", "info": 7},
        {"id": "i/j", "info": None},
    ]
    path.write_text("\n".join([*map(json.dumps, lines), "{torn", '{"id": "k/l"}']))
    found = list(read([path]))
    assert [row.id for row in found if isinstance(row, Row)] == ["a/b", "i/j", "k/l"]
    assert [(row.row, row.id) for row in found if isinstance(row, RowError)] == [
        (2, "../../etc"), (3, None), (4, "c/d"), (5, "e/f"), (6, "a/b"), (7, "g/h"), (9, None),
    ]  # fmt: skip
    assert all("\n" not in row.message for row in found if isinstance(row, RowError))


@WRITERS
@pytest.mark.parametrize("bad", ["", "a/b/c", "a\\b", "a/\x1b[31m", "x" * 300, "a/..", "~"])
def test_an_illegal_id_is_reported(tmp_path: Path, write: Writer, bad: str) -> None:
    path = write(tmp_path / "x", {"id": [bad, "ok"], "tags": [["en"], ["en"]]})
    found = list(read([path]))
    assert isinstance(found[0], RowError)
    assert isinstance(found[1], Row)


def test_an_id_that_todays_client_refuses_is_a_row(tmp_path: Path) -> None:
    names = ["org/" + "x" * 120, "a--b/c", "gpt2"]
    path = as_lines(tmp_path / "x", {"id": names, "tags": [[], [], []]})
    assert [row.id for row in rows(path)] == names
    assert [ids.client_refuses(name) for name in names] == [True, True, False]


def test_a_second_row_of_an_id_is_reported_across_files(tmp_path: Path) -> None:
    paths = [as_lines(tmp_path / name, {"id": ["a/b"], "tags": [[]]}) for name in ("x", "y")]
    (error,) = errors(*paths)
    assert (error.path, error.row, error.id) == (str(paths[1]), 1, "a/b")


def test_a_cell_of_the_wrong_type_costs_itself_alone(tmp_path: Path) -> None:
    path = as_lines(tmp_path / "x", {"id": ["a/b"], "tags": ["no list"], "card": [5]})
    (row,) = rows(path)
    assert row.flaws == ("tags", "card")
    assert row.card is None


def test_text_that_is_not_utf8_costs_its_row(tmp_path: Path) -> None:
    raw = pa.array([b"fine", b"\xff\xfe"], pa.binary())
    text = pa.Array.from_buffers(pa.string(), 2, raw.buffers())
    path = as_parquet(tmp_path / "x.parquet", {"id": pa.array(["a/b", "c/d"]), "info": text})
    assert [error.id for error in errors(path)] == ["a/b", "c/d"]


def test_a_card_that_is_not_utf8_is_flawed(tmp_path: Path) -> None:
    raw = pa.array([b"# fine", b"# \xff"], pa.binary())
    text = pa.Array.from_buffers(pa.string(), 2, raw.buffers())
    path = as_parquet(tmp_path / "x.parquet", {"id": pa.array(["a/b", "c/d"]), "card": text})
    assert [(row.card, row.flaws) for row in rows(path)] == [("# fine", ()), (None, ("card",))]


def test_half_of_a_surrogate_pair_does_not_leave_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a/b", "card": "# A \\ud800", "tags": ["x"]}\n')
    (row,) = rows(path)
    assert row.flaws == ("card",)
    assert row.card is not None
    row.card.encode()


def test_an_endless_line_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_jsonl, "MAX_LINE", 1000)
    path = tmp_path / "x.jsonl"
    lines = [{"id": "a/b", "card": ""}, {"id": "c/d", "card": "x" * 5000}, {"id": "e/f"}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = list(read([path]))
    assert [row.id for row in found] == ["a/b", None, "e/f"]


CELLS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["a/b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELLS), max_size=5))
def test_any_objects_give_one_row_or_error_each(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    lines = [{"id": "good/one", "card": "x"}, *objects]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = list(read([path]))
    assert len(found) == len(lines)
    assert isinstance(found[0], Row)


# --- files that are no tables of models


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"id,tags\na/b,en\n",
        b"[1, 2]",
        b'{\n  "id": "a/b"\n}\n',
        b"\x1f\x8b\x08\x00",
        b"PAR1 and then nothing",
        b'{"tags": ["en"]}\n',
        b'{"id": "a/b"}\n',
        b"\x00\x01\x02",
    ],
)
def test_another_file_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        list(read([path]))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("columns", [{"tags": [["en"]]}, {"id": ["a/b"]}, {"id": ["a"], "x": [1]}])
def test_a_table_without_ids_or_anything_else_is_refused(
    tmp_path: Path, columns: dict[str, Any]
) -> None:
    path = as_parquet(tmp_path / "x.parquet", columns)
    with pytest.raises(InputError):
        list(read([path]))


@pytest.mark.parametrize("name", ["missing.parquet", "."])
def test_an_unreadable_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot read"):
        list(read([tmp_path / name]))


def test_a_file_torn_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = as_parquet(tmp_path / "x.parquet", {"id": ["a/b"] * 100, "card": ["text"] * 100})
    content = bytearray(path.read_bytes())
    content[8:200] = b"\xaa" * 192
    path.write_bytes(content)
    with pytest.raises(InputError, match="broken Parquet"):
        list(read([path]))


@pytest.mark.parametrize(
    ("name", "count", "cards"),
    [("hub-2022-02", 28_300, 15_458), ("hub-2024-sample", 600, 600), ("popular-2024", 28, 28)],
)
def test_the_public_data_is_read_whole(project: Path, name: str, count: int, cards: int) -> None:
    path = project.parent / f"shared/hub/{name}.parquet"
    if not path.is_file():
        pytest.skip("the public Hub data is not beside the project")
    found = rows(path)
    assert len(found) == count
    assert sum(row.card is not None for row in found) == cards
    assert [row.id for row in found if row.flaws] == []
