from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.cli import terminal

STEERING = (
    *("\x00", "\x1b", "\x7f", "\x85", "\x9b", "\xad", "\u061c", "\u200b", "\u200e", "\u2028"),
    *("\u202e", "\u2066", "\ufeff", "\U000e0041"),
)


@given(st.text())
def test_escaped_text_holds_nothing_that_steers(text: str) -> None:
    kept = {unicodedata.category(c) for c in terminal.escape(text) if c not in "\u200c\u200d"}
    assert kept.isdisjoint({"Cc", "Cs", "Zl", "Zp"})


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_plain_text_is_left_alone(text: str) -> None:
    assert terminal.escape(text) == text


@pytest.mark.parametrize("character", STEERING)
def test_what_is_escaped_reads_as_json(character: str) -> None:
    written = terminal.escape(character)
    assert written.isascii()
    assert json.loads(f'"{written}"') == character


def test_joiners_of_scripts_and_emoji_stay() -> None:
    assert terminal.escape("👩\u200d🔬 می\u200cخواهم") == "👩\u200d🔬 می\u200cخواهم"


@given(st.text(alphabet="#[: a\t"))
def test_a_defused_line_is_no_workflow_command(text: str) -> None:
    shown = terminal.defuse(text)
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown


def test_a_short_word_with_the_prefix_of_a_token_is_no_token() -> None:
    assert terminal.redact("hf_hub hf_0123456789abcdefXYZ") == "hf_hub hf_***"
