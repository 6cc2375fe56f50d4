from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.card import parse
from curation.cards import Card

WORDS = """# ## #x - -- --- * ** *** + 1. 2) > >> | |- -|- |---| === ~~~ ~~~~ ``` ```` ` [ ] ]( ( )
< > <!-- --> <a <a> <div> </div> <pre> </pre> <h1> </h1> <img src= href=" " ' http:// https://a.b a
b. é 日本 😀 @misc{ } : a: {x} \\ _ __ = & && *a &a"""
BLANKS = [" ", "  ", "    ", "\t", "\n", "\n\n", "\n    ", "\n  ", "\r\n", "\r", "\x0c", "\u2028"]

markdown = st.lists(st.sampled_from(WORDS.split()) | st.sampled_from(BLANKS), max_size=40).map(
    "".join
)
anything = st.text(st.characters(exclude_categories=[]), max_size=200) | st.binary(max_size=200)
front = st.sampled_from(["", "---\n", "---\na: b\n---\n", "----\ntags:\n", "\n---\n- a\n---\n"])
#: All that may stand outside blocks: blanks, thematic breaks, and dashes under several lines.
BETWEEN = re.compile(r"[ \t]*(?:(?:[-*_][ \t]*){3,}|[-=]{2,}[ \t]*)?")


def check(card: Card) -> None:
    check_blocks(card)
    check_sections(card)
    check_links(card)
    last_line = 1 + card.text.count("\n")
    assert all(1 <= flaw.line <= last_line for flaw in card.flaws)


def check_blocks(card: Card) -> None:
    at = card.body_start
    outside = ""
    for block in card.blocks:
        assert at <= block.start < block.end <= len(card.text)
        assert block.line == 1 + card.text.count("\n", 0, block.start)
        assert card.text[block.start : block.end].strip(" \t\n")
        outside += card.text[at : block.start]
        at = block.end
    outside += card.text[at:]
    assert all(BETWEEN.fullmatch(line) for line in outside.split("\n"))


def check_sections(card: Card) -> None:
    opened = [block for block in card.blocks if block.kind == "heading"]
    assert [section.line for section in card.sections[1:]] == [block.line for block in opened]
    assert [block.section for block in opened] == [*range(1, len(card.sections))]
    numbers = [block.section for block in card.blocks]
    assert numbers == sorted(numbers)
    assert all(1 <= section.level <= 6 for section in card.sections[1:])
    if card.title is not None:
        assert card.blocks[card.title].kind == "heading"


def check_links(card: Card) -> None:
    at = card.body_start
    for span in card.links:
        assert at <= span.start < span.end <= len(card.text)
        at = span.end


@given(front, markdown)
def test_markdown_is_parsed_whole(head: str, body: str) -> None:
    check(parse(head + body))


@given(anything)
def test_anything_is_parsed(raw: str | bytes) -> None:
    check(parse(raw))


@given(st.lists(st.sampled_from(["prose", "list", "code", "tilde", "item", "pre"]), max_size=8))
def test_code_is_in_no_other_block(order: list[str]) -> None:
    pieces = {
        "prose": "words\nmore words",
        "list": "- words\n- more words",
        "code": "```python\nCODE\n\n# CODE\n- CODE\n```",
        "tilde": "~~~~\nCODE\n```\n~~~\nCODE\n~~~~",
        "item": "* ```\n  CODE\n\n  CODE\n  ```",
        "pre": "<pre>CODE\n\nCODE</pre>",
    }
    card = parse("\n".join(pieces[name] for name in order))
    check(card)
    assert sum(block.kind == "code" for block in card.blocks) == sum(
        name not in ("prose", "list") for name in order
    )
    for block in card.blocks:
        text = card.text[block.start : block.end]
        assert ("CODE" in text) == (block.kind == "code")
        assert ("words" in text) != (block.kind == "code")


#: Texts that made parsers of Markdown, YAML or HTML quadratic or worse, here or elsewhere.
HOSTILE = [
    *("[", "](", "![", "](<", "[a](b", "`", "``` ", "```\n", "~~~\n", "- ```\n", "` `` "),
    *(
        "<",
        "<a ",
        "<a\n",
        "<a>\n",
        "<br>\n",
        "<div>\n",
        "<h1>",
        "<h1>a</h1>",
        "<pre>",
        "</",
        "<b\n\n",
    ),
    *("<!--", "<!-- ", "-->", "a <!-- b --> c\n", "a <!-- ", "<img src=", '<a href="', "src="),
    *(
        "|",
        "|\n",
        "-|-\n",
        "a|b\n-|-\n",
        "#",
        "#\n",
        "# a\n",
        "-",
        "- ",
        "- - ",
        "-\n\n",
        "- a\n\n",
    ),
    *("- a\n\n  b\n", "1. ", "* ", "_ ", "> ", ">\n", "> > \n", "==\n", "a\n==\n", "a\n--\n"),
    *("    a\n\n", "    # a\n\n", "    {\n \n", "\ta(\n", "    a\n```\n", " \n", "\n", "\t", "\r"),
    *("http://", "http://(", "http://.", "http://a(", "@misc{", "\x00", "\ud800", "\u2028"),
    *("---\n", "---\na: b\n", "a: [", "- - "),
]


@pytest.mark.parametrize("token", HOSTILE, ids=ascii)
@pytest.mark.parametrize("head", ["", "---\n"], ids=["body", "front"])
def test_much_of_one_thing_is_parsed(head: str, token: str) -> None:
    card = parse(head + token * (100_000 // len(token)))
    assert card.body_start <= len(card.text)
    check_links(card)
