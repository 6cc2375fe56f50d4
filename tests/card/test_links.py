from __future__ import annotations

import pytest

from curation.card import parse


def links(text: str) -> list[str]:
    card = parse(text)
    return [card.text[span.start : span.end] for span in card.links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](https://example.org/a)", ["https://example.org/a"]),
        ('[a](https://example.org/a "Title")', ["https://example.org/a"]),
        ("[a](<https://example.org/a>)", ["https://example.org/a"]),
        ("[a](docs/a.md)", ["docs/a.md"]),
        ("[a]( #anchor )", ["#anchor"]),
        ("![a](a.png)", ["a.png"]),
        ("[![a](a.png)](https://example.org)", ["a.png", "https://example.org"]),
        ("[a](https://en.example.org/A_(b))", ["https://en.example.org/A_(b)"]),
        ("[a](x_(y).md)", ["x_(y).md"]),
        ("<https://example.org>", ["https://example.org"]),
        ("See https://example.org/a.", ["https://example.org/a"]),
        ("(see http://example.org/a_b)", ["http://example.org/a_b"]),
        ("https://a.example, https://b.example!", ["https://a.example", "https://b.example"]),
        ("**https://example.org**", ["https://example.org"]),
        ("`https://example.org`", ["https://example.org"]),
        ("[1]: https://example.org/a", ["https://example.org/a"]),
        ("https://example.org/模型/", ["https://example.org/模型/"]),
        ('<img src="https://example.org/a.png" width=3>', ["https://example.org/a.png"]),
        ('<img width=3 src="my pictures/a.png">', ["my pictures/a.png"]),
        ("<a class=x HREF = '/a'>b</a>", ["/a"]),
        ("<img src=a.png/>", ["a.png/"]),
        ("[a](b?to=https://example.org)", ["b?to=https://example.org"]),
        ('<a href="b?to=https://example.org">', ["b?to=https://example.org"]),
        ("nothing at all http:// [a]() <b src> src=x href=y", []),
        ("[a] (b)", []),
    ],
)
def test_targets_are_found(text: str, expected: list[str]) -> None:
    assert links(f"{text}\n") == expected


def test_links_of_the_front_matter_are_none_of_the_bodys() -> None:
    assert links("---\nthumbnail: https://a.example\n---\nhttps://b.example\n") == [
        "https://b.example"
    ]


def test_links_come_in_order() -> None:
    text = '<a href="one">\n[x](https://two.example) [y](three)\n\n```\nhttp://four.example\n```\n'
    assert links(text) == ["one", "https://two.example", "three", "http://four.example"]
