from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import canonical
from curation.errors import InputError
from curation.records import Facts, Record
from curation.store import reading
from curation.store.flaws import Flaw

RECORD = Record(id="org/name", facts=Facts(license="mit"))
DATA = canonical.dumps(RECORD).encode()
LINE = DATA[: DATA.index(b'"mit"')].count(b"\n") + 1


def test_a_record_is_read_as_it_was_written() -> None:
    assert reading.record(DATA, "org/name", "here") == RECORD


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (DATA.replace(b'"mit"', b"3"), "here: facts.license: expected `str | null`, got `int`"),
        (DATA.replace(b'"aliases"', b'"alias"'), "here: object contains unknown field `alias`"),
        (DATA.replace(b'"mit"', b'"mit'), f"here:{LINE}: not JSON: invalid character"),
        (DATA.replace(b'"mit"', b'"\xff"'), f"here:{LINE}: not UTF-8"),
        (DATA.replace(b'"mit"', b"[" * 200_000), "here: nested too deeply"),
        (b"\xef\xbb\xbf" + DATA, "here:1: starts with a byte order mark"),
        (b"", "here:1: not JSON: input data was truncated"),
        (b"[]", "here: expected `object`, got `array`"),
        (DATA.replace(b"org/name", b"org/other"), "here: is the record of 'org/other'"),
    ],
)
def test_what_is_no_record_is_named(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        reading.record(data, "org/name", "here")
    assert str(caught.value).startswith(message)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (DATA.replace(b'"schema_version": 1', b'"schema_version": 2'), "upgrade curate"),
        (b'{"id": "org/name", "schema_version": 7, "new": {}}', "upgrade curate"),
        (DATA.replace(b'"schema_version": 1', b'"schema_version": 0'), "run 'curate migrate'"),
        (b'{"id": "org/name", "schema_version": 0, "tags": {"task": []}}', "run 'curate migrate'"),
    ],
)
def test_a_record_of_another_version_says_what_to_do(data: bytes, hint: str) -> None:
    with pytest.raises(InputError, match="schema version") as caught:
        reading.record(data, "org/name", "here")
    assert (caught.value.hint or "").startswith(hint)


@given(st.binary())
def test_any_bytes_are_a_record_or_flawed(data: bytes) -> None:
    try:
        reading.typed(data)
    except Flaw as flaw:
        assert str(flaw)
