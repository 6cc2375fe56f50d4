"""Bodies are bounded, packed or not."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import UntrustedError
from curation.hub.wire import bodies


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(st.binary(max_size=500), st.integers(1, 100), st.booleans())
def test_a_body_within_the_bound_is_read_whole(data: bytes, size: int, packed: bool) -> None:
    sent = gzip.compress(data) if packed else data
    assert bodies.read(cut(sent, size), "gzip" if packed else "", len(data)) == data


@given(st.binary(min_size=2, max_size=500), st.integers(1, 100), st.booleans())
def test_a_body_past_the_bound_is_refused(data: bytes, size: int, packed: bool) -> None:
    sent = gzip.compress(data) if packed else data
    with pytest.raises(UntrustedError, match="not read to its end"):
        bodies.read(cut(sent, size), "gzip" if packed else "identity", len(data) - 1)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    with pytest.raises(UntrustedError, match="1,000 bytes"):
        bodies.read([bomb], "gzip", 1000)


def test_a_stream_is_left_at_the_bound() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 100

    with pytest.raises(UntrustedError):
        bodies.read(endless(), "", 1000)  # type: ignore[arg-type]
    assert taken == 11


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "x" * 300])
def test_what_was_not_asked_for_is_not_unpacked(encoding: str) -> None:
    with pytest.raises(UntrustedError, match="not asked for") as caught:
        bodies.read([b"data"], encoding, 1000)
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize("sent", [b"no gzip", gzip.compress(b"cut off", mtime=0)[:-3]])
def test_a_broken_packing_is_refused(sent: bytes) -> None:
    with pytest.raises(UntrustedError):
        bodies.read([sent], "gzip", 1000)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), JSON, min_size=1))
def test_half_a_json_object_is_not_json(value: dict[str, object]) -> None:
    whole = json.dumps(value).encode()
    assert bodies.is_json(whole)
    assert not bodies.is_json(whole[:-1])


@pytest.mark.parametrize("body", [b"", b"<html>", b"{} {}", b"[" * 100_000])
def test_what_is_no_json_is_known(body: bytes) -> None:
    assert not bodies.is_json(body)
