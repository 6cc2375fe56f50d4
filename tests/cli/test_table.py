from __future__ import annotations

import pytest

from curation.cli import table


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    rows = [("model", "task"), ("openai/whisper", "-"), ("a/b", "translation")]
    assert list(table.lines(rows)) == [
        "model           task",
        "openai/whisper  -",
        "a/b             translation",
    ]


def test_wide_and_combining_letters_keep_the_columns() -> None:
    rows = [("模型", "x"), ("e\u0301", "x"), ("abcd", "x")]
    assert list(table.lines(rows)) == ["模型  x", "e\u0301     x", "abcd  x"]


def test_a_cell_cannot_break_out_of_its_row() -> None:
    assert list(table.lines([("a\nb\x1b", "x")])) == ["a\\nb\\u001b  x"]


def test_no_rows_give_no_lines() -> None:
    assert list(table.lines([])) == []


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 models"), (1, "1 model"), (2000, "2,000 models")]
)
def test_one_is_no_more(number: int, told: str) -> None:
    assert table.counted(number, "model") == told
