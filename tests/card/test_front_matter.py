from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.card import parse
from curation.card.fields import EXPECTED
from curation.cards import Card


def with_front(block: str) -> Card:
    return parse(f"---\n{block}\n---\nThe body.\n")


def flaws(card: Card) -> list[tuple[str, int]]:
    return [(flaw.kind, flaw.line) for flaw in card.flaws]


def body(card: Card) -> str:
    return card.text[card.body_start :]


def test_the_block_is_split_off() -> None:
    card = with_front("language:\n- en\n- no\nlicense: apache-2.0\ntags: [a, b]")
    assert card.front == {"language": ["en", "no"], "license": "apache-2.0", "tags": ["a", "b"]}
    assert body(card) == "The body.\n"
    assert [section.line for section in card.sections] == [8]
    assert card.flaws == ()


@pytest.mark.parametrize(
    "text",
    [
        "\n\n---\nlicense: mit\n---\nThe body.\n",
        "--- \nlicense: mit\n---\t\nThe body.\n",
        "---\nlicense: mit\n---",
        "---\nlicense: mit\n\n---\n",
    ],
)
def test_blanks_around_the_fences_do_not_matter(text: str) -> None:
    card = parse(text)
    assert card.front == {"license": "mit"}
    assert body(card).strip() in ("The body.", "")
    assert card.flaws == ()


@pytest.mark.parametrize("text", ["---\n---\nThe body.\n", "---\n\n# a comment\n---\nThe body.\n"])
def test_an_empty_block_is_no_flaw(text: str) -> None:
    card = parse(text)
    assert (card.front, body(card), card.flaws) == ({}, "The body.\n", ())


@pytest.mark.parametrize("text", ["The body.\n", "# T\n\n---\n", "text\n---\nlicense: mit\n---\n"])
def test_a_card_needs_no_front_matter(text: str) -> None:
    card = parse(text)
    assert (card.front, card.body_start, card.flaws) == ({}, 0, ())


def test_norwegian_stays_norwegian() -> None:
    assert with_front("language: no").front == {"language": "no"}
    assert with_front("language: [no, nn]").front == {"language": ["no", "nn"]}
    assert with_front("language: no").flaws == ()


def test_norwegian_stays_norwegian_where_only_the_careful_reader_helps() -> None:
    card = with_front("tags: [x]\nlanguage: no\ntags: [x]")
    assert card.front["language"] == "no"
    assert flaws(card) == [("duplicate-key", 4)]


@pytest.mark.parametrize("value", ["false", "true", "[en, false]", "\n- en\n- False"])
def test_a_language_read_as_a_boolean_is_told(value: str) -> None:
    assert flaws(with_front(f"license: mit\nlanguage: {value}")) == [
        ("language-read-as-boolean", 3)
    ]


def test_values_are_what_json_can_say() -> None:
    card = with_front(
        "date: 2021-03-04\nat: 2021-03-04 05:06:07\n1: one\ntrue: yes\nnothing: ~\n"
        "nan: .nan\nbig: 123456789012345678901234567890\nnested: {a: [1, 2.5, {b: null}]}"
    )
    assert card.front == {
        "date": "2021-03-04",
        "at": "2021-03-04 05:06:07",
        "1": "one",
        "true": "yes",
        "nothing": None,
        "nan": None,
        "big": "123456789012345678901234567890",
        "nested": {"a": [1, 2.5, {"b": None}]},
    }


def test_tags_of_python_make_no_objects() -> None:
    card = with_front("a: !!python/object/apply:os.system [echo]\nb: !!python/name:os.system x")
    assert card.front == {"a": ["echo"], "b": "x"}


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ('language: "fr"tags:\n- x', 2),
        ("license: mit\ntags:\n- a: b: c", 4),
        ("a: [1, 2\nb: 3", 3),
        ("license: mit\n\t- x", 3),
        ("a: *nowhere", 2),
        ("? [a, b]\n: c\n", 2),
        ("a: 1\n...\nb: 2\n", 4),
        ("@#$@%@#", 2),
    ],
)
def test_a_broken_block_is_neither_guessed_at_nor_body(block: str, line: int) -> None:
    card = with_front(block)
    assert card.front == {}
    assert body(card) == "The body.\n"
    assert ("front-matter-broken", line) in flaws(card)


@pytest.mark.parametrize(
    ("block", "what"),
    [("- a\n- b", "a list"), ("just words", "text"), ("12", "a number"), ("true", "a boolean")],
)
def test_a_block_that_is_no_mapping_is_told(block: str, what: str) -> None:
    card = with_front(block)
    assert (card.front, body(card)) == ({}, "The body.\n")
    assert flaws(card) == [("front-matter-not-a-mapping", 2)]
    assert card.flaws[0].message == f"{what} instead of a mapping of keys to values"


def test_an_unclosed_block_ends_where_it_is_no_longer_yaml() -> None:
    card = parse("---\nlanguage:\n- vi\n\ntags: [x]\n\n# Title\n\nlicense text\n")
    assert card.front == {}
    assert body(card) == "# Title\n\nlicense text\n"
    assert flaws(card) == [("front-matter-unclosed", 1)]


def test_an_unclosed_block_may_be_all_there_is() -> None:
    card = parse("\n---\ntags:\n- one\nlicense: mit")
    assert (card.front, body(card), card.blocks) == ({}, "", ())
    assert flaws(card) == [("front-matter-unclosed", 2)]


def test_a_block_with_an_indented_end_is_unclosed() -> None:
    card = parse("---\n    license: mit\n    ---\n    ### Words\n")
    assert [block.kind for block in card.blocks] == ["heading"]
    assert flaws(card) == [("front-matter-unclosed", 1)]


def test_too_many_dashes_open_nothing_on_the_hub() -> None:
    card = parse("----\ntags:\n- one\n---\n# Title\n")
    assert (card.front, body(card)) == ({}, "# Title\n")
    assert flaws(card) == [("front-matter-broken", 1)]


def test_a_rule_above_prose_is_no_front_matter() -> None:
    card = parse("-----\nNote: a small model.\n")
    assert [block.kind for block in card.blocks] == ["prose"]
    assert card.flaws == ()


def test_of_a_key_with_two_values_neither_is_used() -> None:
    card = with_front("license: mit\ntags: [a]\nlicense: gpl-3.0\nlicense: mit")
    assert card.front == {"tags": ["a"]}
    assert flaws(card) == [("duplicate-key", 4), ("duplicate-key", 5)]


def test_a_key_with_one_value_twice_is_used() -> None:
    card = with_front("license: mit\nlicense: mit\nmodel-index:\n- {name: a, name: b}")
    assert card.front == {"license": "mit", "model-index": [{}]}
    assert flaws(card) == [("duplicate-key", 3), ("duplicate-key", 5)]


def test_duplicate_keys_are_told_a_few_times_only() -> None:
    card = with_front("\n".join(["a: 1"] * 1000))
    assert len(card.flaws) == 20


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
def test_what_only_yaml_takes_for_a_line_break_moves_no_line(mark: str) -> None:
    assert ("duplicate-key", 4) in flaws(with_front(f'x: "{mark}{mark} y"\na: 1\na: 1'))
    assert ("front-matter-broken", 3) in flaws(with_front(f'x: "{mark}{mark} y"\na: b: c'))


@pytest.mark.parametrize(
    ("block", "line"),
    [("license: \tmit", 2), ("license: mit\ntags: [\n\ta]", 4), ("license: mit\n-\tx", 3)],
)
def test_tabs_between_values_are_told(block: str, line: int) -> None:
    assert ("tab", line) in flaws(with_front(block))


def test_a_tab_inside_text_is_no_flaw() -> None:
    card = with_front('widget:\n- text: "a\tb"')
    assert card.front == {"widget": [{"text": "a\tb"}]}
    assert card.flaws == ()


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("license: [mit]", "license is a list, not text"),
        ("pipeline_tag: [a, b]", "pipeline_tag is a list, not text"),
        ("pipeline_tag: false", "pipeline_tag is a boolean, not text"),
        ("library_name:\n- keras", "library_name is a list, not text"),
        ("license: 2", "license is a number, not text"),
        ("tags: one", "tags is text, not a list"),
        ("language: {en: 1}", "language is a mapping, not a list or text"),
        ("datasets: [a, {b: c}]", "datasets lists a mapping where text belongs"),
        ("tags:\n- a\n-", "tags lists nothing where text belongs"),
        ("model-index: {name: a}", "model-index is a mapping, not a list"),
    ],
)
def test_a_value_of_the_wrong_type_is_told_and_kept(block: str, message: str) -> None:
    card = with_front(f"x: y\n{block}")
    assert [(flaw.kind, flaw.line, flaw.message) for flaw in card.flaws] == [
        ("wrong-type", 3, message)
    ]
    assert len(card.front) == 2


@pytest.mark.parametrize("key", sorted(EXPECTED))
def test_a_field_without_a_value_is_no_flaw(key: str) -> None:
    assert with_front(f"{key}:\nother: 1").flaws == ()


text = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=30)
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | text
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)


def write(key: str, value: Any) -> str:
    """One member as people write it: a list in lines, the rest as JSON, which is YAML too."""
    head = f"{json.dumps(key, ensure_ascii=False)}:"
    if isinstance(value, list) and value:
        return "\n- ".join([head, *(json.dumps(item, ensure_ascii=False) for item in value)])
    return f"{head} {json.dumps(value, ensure_ascii=False)}"


@given(st.dictionaries(text, values, max_size=6))
def test_what_was_written_is_read(front: dict[str, Any]) -> None:
    card = with_front("\n".join(write(key, value) for key, value in front.items()))
    assert card.front == front
    assert body(card) == "The body.\n"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_as_written(number: float) -> None:
    read = with_front(f"a: {number!r}").front["a"]
    assert isinstance(read, int | float)
    assert math.isclose(read, number, rel_tol=1e-12)
