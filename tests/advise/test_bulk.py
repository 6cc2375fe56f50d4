"""Bulk tags as models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.advise import bulk
from curation.errors import InputError
from curation.model import Model


def test_bulk_tags_are_read(tmp_path: Path) -> None:
    path = tmp_path / "tags.jsonl"
    row = {
        "id": "a/b",
        "scope": "general",
        "kinds": [],
        "parameters": 7,
        "confidence": {"scope": {}},
    }
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert list(bulk.models(path)) == [Model(id="a/b", scope="general", parameters=7)]


@pytest.mark.parametrize("text", ["{", '{"scope": 1}', '{"id": 4}', "[]"])
def test_what_are_no_tags_is_refused_with_the_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tags.jsonl"
    path.write_text('{"id": "a/b"}\n' + text + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"tags\.jsonl:2: no row of tags"):
        list(bulk.models(path))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(bulk.models(tmp_path / "none.jsonl"))
