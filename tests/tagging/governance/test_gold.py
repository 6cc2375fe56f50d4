from __future__ import annotations

from pathlib import Path

import pytest

from curation.errors import InputError
from curation.tagging.governance.gold import read_gold, said

LINE = (
    '{"id": "a/b", "scope": "general", "kinds": [], "task": null, "subtask": null, "domains": [],'
    ' "languages": ["und"], "platforms": [], "derivation": [], "confidence": "high"}'
)


def test_a_line_is_read_whatever_else_it_says(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"\n{LINE}\n")
    (line,) = read_gold(path)
    assert (line.id, line.languages, line.corpus) == ("a/b", ("und",), None)


def test_a_broken_gold_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('\n{"id": 3}\n')
    with pytest.raises(InputError, match=r"gold\.jsonl:2: not a gold line"):
        read_gold(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("field", "values"),
    [(("en", "und"), {"en"}), (None, set()), ("general", {"general"}), (["und"], set())],
)
def test_what_a_field_says(field: object, values: set[str]) -> None:
    assert said(field) == values
