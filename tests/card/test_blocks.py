from __future__ import annotations

import pytest

from curation.card import parse


def blocks(text: str) -> list[tuple[str, str]]:
    card = parse(text)
    return [(block.kind, card.text[block.start : block.end]) for block in card.blocks]


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in blocks(text)]


def test_a_card_falls_into_its_parts() -> None:
    text = (
        "# Title\n\nSome prose\nover two lines.\n\n## Usage\n- one\n- two\n\n| a | b |\n|---|---|\n"
        "| 1 | 2 |\n\n```python\nx = 1\n```\n> said\n\n<p align=center>\nlogo\n</p>\n\n---\nEnd.\n"
    )
    assert blocks(text) == [
        ("heading", "# Title"),
        ("prose", "Some prose\nover two lines."),
        ("heading", "## Usage"),
        ("list", "- one\n- two"),
        ("table", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("code", "```python\nx = 1\n```"),
        ("quote", "> said"),
        ("html", "<p align=center>\nlogo\n</p>"),
        ("prose", "End."),
    ]


def test_blocks_know_their_line_and_section() -> None:
    card = parse("---\nlicense: mit\n---\nLead.\n\n# A\ntext\n\n\n## B\n\n- x\n- y\n\ntext\n")
    assert [(block.kind, block.line, block.section) for block in card.blocks] == [
        ("prose", 4, 0),
        ("heading", 6, 1),
        ("prose", 7, 1),
        ("heading", 10, 2),
        ("list", 12, 2),
        ("prose", 15, 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "**Bold** words begin.",
        "*Italic* words begin.",
        "_Also_ so.",
        "`code` in prose.",
        "2019 was the year.\n2. was not.",
        "-dash without a space",
        "+1 for this",
        "#hashtag",
        "~ about",
        "= equals",
        ": colon",
        "a | b\nc | d",
        "<b>Bold</b> by tags.",
        "<https://example.org/x> is bare.",
        "text\n    indented continuation",
        "a < b and b > c",
        "\\# escaped",
        "![picture](a.png)",
        "[link](https://example.org)",
        "$x = 1$",
        "1986\\. A great year",
        "** not a rule",
        "\u00a0 blank of a kind",
    ],
)
def test_prose_stays_prose(text: str) -> None:
    assert blocks(f"{text}\n") == [("prose", text)]


@pytest.mark.parametrize("rule", ["---", "***", "___", "- - -", "* * * *", " ---", "-----  "])
def test_thematic_breaks_are_no_block(rule: str) -> None:
    assert blocks(f"one\n\n{rule}\n\ntwo\n") == [("prose", "one"), ("prose", "two")]


class TestCode:
    @pytest.mark.parametrize(
        "fenced",
        [
            "```\n# no heading\n\n- no list\n```",
            "~~~ text\n```\nstill\n~~~",
            "````\n```\nstill\n````",
            "```python\n\n\nx\n`````",
            "```\n```",
        ],
    )
    def test_a_fence_holds_code(self, fenced: str) -> None:
        assert blocks(f"before\n{fenced}\nafter\n") == [
            ("prose", "before"),
            ("code", fenced),
            ("prose", "after"),
        ]

    @pytest.mark.parametrize("fence", ["```", "~~~", "````"])
    def test_an_unclosed_fence_holds_all_the_rest(self, fence: str) -> None:
        text = f"{fence}\nx\n\n# y\n``\n\nz"
        assert blocks(f"{text}\n\n") == [("code", text)]

    def test_a_fence_may_be_indented(self) -> None:
        assert kinds("- item\n\n    ```\n    x\n    ```\n\n- item\n") == ["list", "code", "list"]

    def test_a_list_item_may_open_a_fence(self) -> None:
        text = "- one\n- ```sh\n  ls\n  ```\n- two\n"
        assert kinds(text) == ["list", "code", "list"]

    def test_a_number_may_open_a_fence(self) -> None:
        assert kinds("1. ```\n   ls\n   ```\ntext\n") == ["code", "prose"]

    def test_backticks_on_one_line_are_a_code_span(self) -> None:
        assert kinds("```x = 1``` is inline\n\nmore\n") == ["prose", "prose"]

    @pytest.mark.parametrize(
        "code",
        ["    x = model(1)", "\timport torch", "    >>> 1", "    {\n\n    }", "    $ ls"],
    )
    def test_indented_code_is_code(self, code: str) -> None:
        assert blocks(f"Run:\n\n{code}\n\nDone.\n")[1] == ("code", code)

    def test_indentation_alone_makes_no_code(self) -> None:
        text = "    # Title\n\n    A model (small) of Turkish.\n\n    - one\n    - two\n"
        assert kinds(text) == ["heading", "prose", "list"]

    def test_an_indented_list_that_starts_with_a_code_span_is_a_list(self) -> None:
        assert kinds("words\n\n    - `a` is\n    - `b` is\n") == ["prose", "list"]

    def test_pre_holds_code(self) -> None:
        assert kinds("<pre>\n\n# x\n</pre>\ntext\n") == ["code", "prose"]


class TestLists:
    @pytest.mark.parametrize(
        "text",
        [
            "* a\n* b",
            "+ a\n  wrapped",
            "1. a\n2. b",
            "3) a",
            "- a\n  - b\n    - c",
            "- a\nlazy",
            "- a\n\n  still a",
            "- **bold**: x\n- `code`",
            "-",
        ],
    )
    def test_a_list_is_one_block(self, text: str) -> None:
        assert blocks(f"{text}\n") == [("list", text)]

    def test_a_list_may_follow_prose(self) -> None:
        assert kinds("It can:\n- sing\n- dance\n") == ["prose", "list"]
        assert kinds("It can:\n1. sing\n2. dance\n") == ["prose", "list"]

    def test_a_heading_ends_a_list(self) -> None:
        assert kinds("- a\n# b\n- c\n") == ["list", "heading", "list"]

    def test_indented_text_below_an_item_and_its_code_is_the_lists(self) -> None:
        text = "- a\n  ```\n  x\n  ```\n\n    still an item (here)\n\nprose\n"
        assert kinds(text) == ["list", "code", "list", "prose"]


class TestTables:
    def test_a_table_needs_no_outer_pipes(self) -> None:
        text = "Results:\na | b\n--|:-:\n1 | 2\n3 | 4\n\nmore\n"
        assert blocks(text) == [
            ("prose", "Results:"),
            ("table", "a | b\n--|:-:\n1 | 2\n3 | 4"),
            ("prose", "more"),
        ]

    @pytest.mark.parametrize("dashes", ["|---|---|", "--- | ---", ":-: | --", "| :- | -: |", "-|-"])
    def test_the_row_of_dashes_makes_the_table(self, dashes: str) -> None:
        text = f"*a* | b\n{dashes}\n1 | 2"
        assert blocks(f"{text}\n") == [("table", text)]

    def test_rows_with_pipes_are_a_table_without_dashes(self) -> None:
        assert kinds("| a | b |\n| c | d |\ntext\n") == ["table", "prose"]

    def test_a_list_with_a_pipe_ends_a_table(self) -> None:
        assert kinds("| a |\n|---|\n- x | y\n") == ["table", "list"]


class TestQuotes:
    def test_a_quote_takes_lazy_lines(self) -> None:
        assert blocks("> a\nb\n> > c\n\nd\n") == [("quote", "> a\nb\n> > c"), ("prose", "d")]

    def test_a_quote_ends_prose_and_is_ended_by_a_list(self) -> None:
        assert kinds("a\n> b\n- c\n") == ["prose", "quote", "list"]


class TestHtml:
    @pytest.mark.parametrize(
        "text",
        [
            "<div>\ntext\n</div>",
            "<CENTER>x</CENTER>",
            '<img src="a.png">',
            '<a href="x"><img src="y"/></a>\n<br>',
            "<img\n  src=a\n>",
            "<style>\n\np { }\n\n</style>",
            "<!-- a\n\n# comment -->",
            "<!-- never closed\n\n# x",
            "<details>\n<summary>More</summary>",
        ],
    )
    def test_markup_is_html(self, text: str) -> None:
        assert blocks(f"{text}\n") == [("html", text)]

    def test_html_ends_at_a_blank_line_a_heading_or_a_fence(self) -> None:
        assert kinds("<div>\n\ntext\n\n</div>\n# A\n<div>\n```\nx\n```\n") == [
            "html",
            "prose",
            "html",
            "heading",
            "html",
            "code",
        ]

    def test_a_comment_inside_prose_is_void(self) -> None:
        assert blocks("one <!-- two --> three\nfour <!-- five\nsix -->\n") == [
            ("prose", "one "),
            ("html", "<!-- two -->"),
            ("prose", " three\nfour "),
            ("html", "<!-- five\nsix -->"),
        ]

    def test_blocks_behind_a_comment_keep_their_lines(self) -> None:
        card = parse("- a <!-- b\n  c --> d\n- e <!-- f -->\n\ng\n")
        assert [(block.kind, block.line) for block in card.blocks] == [
            ("list", 1),
            ("html", 1),
            ("list", 2),
            ("html", 3),
            ("prose", 5),
        ]

    def test_text_behind_a_comment_counts(self) -> None:
        assert blocks("<!-- a --> text\n") == [("html", "<!-- a --> "), ("prose", "text")]

    @pytest.mark.parametrize("text", ["`<!-- a`\n\nb -->\n", "a <!-- b\n\nc\n"])
    def test_what_is_no_whole_comment_is_text(self, text: str) -> None:
        assert "html" not in kinds(text)
