from __future__ import annotations

import pytest

from curation.card import parse
from curation.card.reading import LIMIT
from curation.cards import Card


def kinds(card: Card) -> list[str]:
    return [flaw.kind for flaw in card.flaws]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_of_every_system_read_alike(newline: str) -> None:
    text = "---\nlanguage: no\n---\n# Ord\n\nEn liten modell.\n"
    card = parse(text.replace("\n", newline))
    assert card == parse(text)
    assert card.text == text
    assert card.flaws == ()


def test_a_byte_order_mark_is_no_text() -> None:
    card = parse(b"\xef\xbb\xbf---\nlicense: mit\n---\nHi\n")
    assert card.front == {"license": "mit"}
    assert card.text.startswith("---")
    assert card.flaws == ()


def test_bytes_and_text_read_alike() -> None:
    text = "# Größe 🤗\n\nعربى\n"
    assert parse(text.encode()) == parse(text)


def test_bytes_that_are_not_utf8_are_replaced_and_told() -> None:
    card = parse(b"# A\r\n\r\nfine\r\ncaf\xe9 au lait\n")
    assert card.text == "# A\n\nfine\ncaf\ufffd au lait\n"
    assert [(flaw.kind, flaw.line) for flaw in card.flaws] == [("not-utf8", 4)]


def test_half_a_character_is_replaced_and_told() -> None:
    card = parse("one\ntwo \udce9\n")
    assert card.text == "one\ntwo \ufffd\n"
    assert [(flaw.kind, flaw.line) for flaw in card.flaws] == [("not-utf8", 2)]


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1b", "\x7f", "\x85", "\x9b"])
def test_control_characters_are_told_and_kept(character: str) -> None:
    card = parse(f"# T\n\nfine é 日本\nbad {character} and {character}\n")
    assert character in card.text
    [flaw] = card.flaws
    assert (flaw.kind, flaw.line) == ("control-character", 4)
    assert flaw.message == f"control character U+{ord(character):04X}, and 1 more"


@pytest.mark.parametrize("character", ["\t", "\u00a0", "\u00ad", "\u00e9", "\u2028", "\ufeff"])
def test_other_characters_are_no_flaw(character: str) -> None:
    assert parse(f"a{character}b\n").flaws == ()


def test_control_characters_in_the_front_matter_break_it() -> None:
    card = parse("---\nlicense: mit\ntags:\n- a\x07\n---\ntext\n")
    assert card.front == {}
    assert sorted(kinds(card)) == ["control-character", "front-matter-broken"]
    assert {flaw.line for flaw in card.flaws} == {4}


def test_a_body_past_the_limit_is_cut() -> None:
    card = parse("word\n" * (LIMIT // 5 + 100))
    assert len(card.text) == LIMIT
    assert kinds(card) == ["oversized"]
    assert card.flaws[0].line == LIMIT // 5 + 1
    assert card.blocks[-1].end <= LIMIT


def test_what_fits_the_limit_once_its_newlines_are_normal_is_kept() -> None:
    card = parse("abcd\r\n" * (LIMIT // 5))
    assert kinds(card) == []
    assert len(card.text) == LIMIT // 5 * 5


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t", b"", "\ufeff"])
def test_nothing_is_a_card_too(text: str | bytes) -> None:
    card = parse(text)
    assert (card.front, card.blocks, card.links, card.title, card.flaws) == ({}, (), (), None, ())
    assert [(section.title, section.level, section.line) for section in card.sections] == [
        ("", 0, 1)
    ]


def test_flaws_come_in_the_order_of_their_lines() -> None:
    card = parse("---\nlicense: [mit]\n---\nok\n\x01\nok\n\udcff\n")
    assert [flaw.line for flaw in card.flaws] == [2, 5, 7]
