from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import InputError
from curation.store import rejections
from curation.store.ledgers import Rejection

ONE = Rejection(id="a/one", reason="no licence", by="me", on="2026-11-20")


def test_a_rejection_is_written_behind_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / rejections.FILE
    path.write_text("# my notes")
    rejections.append(tmp_path, [ONE])
    two = Rejection(id="a/two", judged="sha256:" + "0" * 64, reason="x", by="me", on="2026-11-21")
    rejections.append(tmp_path, [two])
    assert rejections.read(tmp_path) == (ONE, two)
    assert path.read_text().startswith("# my notes\n\n[[rejections]]\n")


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_words_can_be_the_reason(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("catalog")
    one = Rejection(id="a/one", reason=text, by="me", on="2026-11-20")
    rejections.append(folder, [one])
    assert rejections.read(folder) == (one,)


def test_a_broken_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / rejections.FILE
    path.write_text("[[rejections")
    with pytest.raises(InputError):
        rejections.append(tmp_path, [ONE])
    assert path.read_text() == "[[rejections"


def test_absent_ledgers_are_empty(tmp_path: Path) -> None:
    assert (rejections.read(tmp_path), rejections.tombstones(tmp_path)) == ((), ())
