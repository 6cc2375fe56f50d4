from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import ids, patterns

near_ids = st.text(alphabet="aZ0_-./ ", max_size=9) | st.text(max_size=5)


@given(near_ids)
def test_the_pattern_of_ids_is_what_ids_check_lets_pass(text: str) -> None:
    assert bool(re.fullmatch(patterns.MODEL_ID, text)) is (ids.refusal(text) is None)


@pytest.mark.parametrize("text", ["a" * 230 + "/" + "a-" * 115 + ".", "a." * 115 + "."])
def test_the_pattern_of_ids_is_quick_to_refuse(text: str) -> None:
    assert not re.fullmatch(patterns.MODEL_ID, text)


@pytest.mark.parametrize("code", ["en", "mul", "zxx", "pt-BR", "zh-Hant", "es-419", "sr-Latn-RS"])
def test_language_codes_are_known(code: str) -> None:
    assert re.search(patterns.LANGUAGE, code)


@pytest.mark.parametrize("code", ["", "e", "english", "EN", "pt_BR", "pt-br", "en-", "en\nx"])
def test_what_is_no_language_code_is_refused(code: str) -> None:
    assert not re.search(patterns.LANGUAGE, code)
