from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import InputError
from curation.store import toml
from curation.store.flaws import Flaw


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    sizes: list[int] = []


def test_dates_and_times_become_text() -> None:
    text = b"a = 2026-01-31\nb = 2026-01-31T10:00:00Z\nc = [{d = 10:00:00}]"
    assert toml.loads(text) == {
        "a": "2026-01-31",
        "b": "2026-01-31T10:00:00Z",
        "c": [{"d": "10:00:00"}],
    }


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (b"a = 1\nb =", "not TOML", 2),
        (b"a = 1\n\na = 2", "cannot overwrite", 3),
        (b"a = 1\n\xff", "not UTF-8", 2),
        (b"\xef\xbb\xbfa = 1", "byte order mark", 1),
        (b"a = " + b"[" * 100_000, "too deeply", None),
        (b"a." * 3_000 + b"b = 1", "too deeply", 1),
        (b"[" + b"a." * 20_000 + b"a]", "too deeply", 1),
        (b"a = 1" + b"0" * 5_000, "too many digits", None),
    ],
)
def test_flaws_say_what_and_where(data: bytes, reason: str, line: int | None) -> None:
    with pytest.raises(Flaw, match=reason) as caught:
        toml.loads(data)
    assert caught.value.line == line


@given(st.binary())
def test_any_bytes_are_a_table_or_flawed(data: bytes) -> None:
    try:
        assert isinstance(toml.loads(data), dict)
    except Flaw as flaw:
        assert str(flaw)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"name = 3", "catalog.toml: name: expected `str`, got `int`"),
        (b"name = 'x'\nsizes = [1, 'b']", "catalog.toml: sizes[1]: expected `int`, got `str`"),
        (b"name = 'x'\nother = 1", "catalog.toml: object contains unknown field `other`"),
        (b"name = ", "catalog.toml:1: not TOML: invalid value"),
    ],
)
def test_decode_names_file_and_place(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        toml.decode(data, Shape, "catalog.toml")
    assert str(caught.value) == message
