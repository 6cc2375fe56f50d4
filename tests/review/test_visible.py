from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from curation.review.visible import visible


def test_what_can_be_seen_stays() -> None:
    for text in ("gpt2", "модель", "模型 7B", "é ü", "👍", "a b"):
        assert visible(text) == text


def test_what_cannot_be_seen_is_written_out() -> None:
    assert visible("a\u202eb\u200bc\nd\u00a0e\u3164\ufe0f\U000e0041\ud800") == (
        "a\\u202eb\\u200bc\\u000ad\\u00a0e\\u3164\\ufe0f\\U000e0041\\ud800"
    )


@given(st.text(st.characters(), max_size=50))
def test_nothing_unseen_is_left(text: str) -> None:
    shown = visible(text)
    assert all(one == " " or unicodedata.category(one)[0] not in "CZ" for one in shown)
