from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import ids
from curation.errors import InputError
from curation.store import popularity
from curation.store.flaws import Flaw
from curation.store.popularity import Popularity

counts = st.none() | st.integers(0, 10**12)
models = st.from_regex(r"[A-Za-z0-9_-]{1,8}(/[A-Za-z0-9_-]{1,8})?", fullmatch=True).filter(
    lambda text: ids.refusal(text) is None
)
rows = st.dictionaries(
    models,
    st.builds(
        Popularity,
        downloads=counts,
        likes=counts,
        checked=st.none() | st.just("2026-01-31T10:00:00Z"),
        trouble=st.none() | st.just("gated"),
    ),
)


@given(rows)
def test_rows_survive_the_round_trip(table: dict[str, Popularity]) -> None:
    data = popularity.dump(table)
    assert popularity.parse(data) == table
    assert popularity.dump(popularity.parse(data)) == data


@given(st.binary())
def test_any_bytes_are_rows_or_flawed(data: bytes) -> None:
    try:
        popularity.parse(data)
    except Flaw as flaw:
        assert str(flaw)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,likes\n", r"1: expected the header"),
        ("id,downloads,likes,checked\na,1\n", "2: expected 4 cells, got 2"),
        ("id,downloads,likes,checked\na,1,2,\na,1,2,\n", "3: a has two rows"),
        ("id,downloads,likes,checked\n../a,1,2,\n", "2: not a model id"),
        ("id,downloads,likes,checked\na,-1,2,\n", "2: downloads is no count"),
        ("id,downloads,likes,checked\na,1,=2,\n", "2: likes is no count"),
        ("id,downloads,likes,checked\na,1,2,today\n", "2: checked is no time"),
        ("id,downloads,likes,checked,trouble\na,1,2,\n", "2: expected 5 cells, got 4"),
        ("id,downloads,likes,checked,trouble\na,1,2,,=x\n", "2: trouble is no word"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "popularity.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        popularity.load(path)


def test_saving_the_same_again_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "popularity.csv"
    table = {"b/c": Popularity(downloads=1), "a": Popularity(likes=2)}
    assert popularity.save(path, table)
    before = path.stat()
    assert not popularity.save(path, table)
    assert path.stat().st_ino == before.st_ino
    assert path.read_text() == "id,downloads,likes,checked\na,,2,\nb/c,1,,\n"


def test_an_absent_file_has_no_rows(tmp_path: Path) -> None:
    assert popularity.load(tmp_path / "popularity.csv") == {}


def test_the_column_of_troubles_is_there_only_if_needed() -> None:
    fine = {"a": Popularity(downloads=1)}
    assert popularity.dump(fine).splitlines()[0] == b"id,downloads,likes,checked"
    hurt = {**fine, "b": Popularity(trouble="missing")}
    assert popularity.dump(hurt).splitlines()[1:] == [b"a,1,,,", b"b,,,,missing"]
