from __future__ import annotations

import pytest

from curation.card import headings, parse


def sections(text: str) -> list[tuple[str, int, int]]:
    return [(section.title, section.level, section.line) for section in parse(text).sections]


def title(text: str) -> str | None:
    card = parse(text)
    if card.title is None:
        return None
    block = card.blocks[card.title]
    assert block.kind == "heading"
    return card.sections[block.section].title


def test_headings_open_sections() -> None:
    assert sections("Lead.\n# A\nx\n### B\n## C\n") == [
        ("", 0, 1),
        ("A", 1, 2),
        ("B", 3, 4),
        ("C", 2, 5),
    ]


@pytest.mark.parametrize(
    ("heading", "level", "words"),
    [
        ("# One", 1, "One"),
        ("   ## Two ##  ", 2, "Two"),
        ("### C#", 3, "C#"),
        ("#\tTab", 1, "Tab"),
        ("###### **Bold**", 6, "Bold"),
        ("#", 1, ""),
        ("## ##", 2, ""),
        ("One\n===", 1, "One"),
        ("Two\n---", 2, "Two"),
        ("**Two**\n------   ", 2, "Two"),
        ("<h1>One</h1>", 1, "One"),
        ('<h2 align="center">\n  <b>Two</b>\n  words\n</h2>', 2, "Two words"),
        ("<H3>Three</H3>", 3, "Three"),
        ('<p align="center"><h1>One</h1></p>', 1, "One"),
    ],
)
def test_a_heading_is_read_in_each_spelling(heading: str, level: int, words: str) -> None:
    assert sections(f"{heading}\n\ntext\n") == [("", 0, 1), (words, level, 1)]


@pytest.mark.parametrize(
    "text",
    ["#hashtag", "####### seven", "two\nlines\n---", "    # code = 1", "<h1>unclosed", "\n==="],
)
def test_what_is_no_heading_opens_no_section(text: str) -> None:
    assert len(sections(f"{text}\n")) == 1


def test_html_around_a_heading_stays_html() -> None:
    card = parse("<div>\n<h1>A</h1>\n<img src=x>\n<h2>B</h2>\n</div>\n")
    assert [(block.kind, block.line, block.section) for block in card.blocks] == [
        ("html", 1, 0),
        ("heading", 2, 1),
        ("html", 2, 1),
        ("heading", 4, 2),
        ("html", 4, 2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\ntext\n# B\n", "A"),
        ("## A\n\n# B\n", "B"),
        ("text\n\n# A\n", "A"),
        ("## A\ntext\n", "A"),
        ("- list\n\n## A\n", "A"),
        ("text\n\n## A\n", None),
        ("text\n", None),
        ("<h1>A</h1>\n\n# B\n", "A"),
        ("<!-- x --> <!-- y -->\n## A\n", "A"),
    ],
)
def test_the_title_is_found(text: str, expected: str | None) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Citation",
        "Citation:",
        "BibTeX entry and citation info",
        "How to cite",
        "Citing & Authors",
        "Citing ESPnet",
        "Citation [optional]",
        "References",
        "📚 Bibliography",
        "9. Cite us",
        "Acknowledgements and references",
    ],
)
def test_a_title_announces_citations(words: str) -> None:
    assert headings.cites(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Usage",
        "City names",
        "Citation intent classification",
        "Reference model",
        "Preferences",
        "Acknowledgements",
        "Citing sources is what this model was trained for",
        "Explicit content",
    ],
)
def test_other_titles_do_not(words: str) -> None:
    assert not headings.cites(words)


def test_what_stands_below_such_a_title_is_citation() -> None:
    text = (
        "# A\ntext\n## Citation\ntext\n\n- item\n\n```\ncode\n```\n<!-- c -->\n### BibTeX of B\n"
        "| t |\n## Usage\ntext\n"
    )
    assert [block.kind for block in parse(text).blocks] == [
        "heading",
        "prose",
        "heading",
        "citation",
        "citation",
        "citation",
        "html",
        "heading",
        "citation",
        "heading",
        "prose",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```\n@article{key,\n title={T}\n}\n```",
        "```bibtex\n% x\n@InProceedings {key,\n}\n```",
        "@misc{key,\n  title = {T},\n}",
        "    @article{key,\n      title = {T}\n    }",
        "Please use @software{key, title={T}}.",
    ],
)
def test_bibtex_is_citation_wherever_it_stands(text: str) -> None:
    card = parse(f"# T\n\ntext\n\n{text}\n\ntext\n")
    assert [block.kind for block in card.blocks] == ["heading", "prose", "citation", "prose"]


@pytest.mark.parametrize("text", ["```\n@dataclass\nclass A: ...\n```", "mail me@article.org {x}"])
def test_not_every_at_sign_is_bibtex(text: str) -> None:
    assert [block.kind for block in parse(text).blocks] != ["citation"]
