from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.card import yaml_events, yaml_reader
from curation.card.yaml_faults import BrokenYamlError, Duplicate

PLAIN = """0 00 017 -01 +1 1_000 0x1F -0x1F 0o17 0o8 0b11 0b2 1e3 1E5 .5 -.5 5. 01.5 1.e5 0. . - +
e3 1e 1e400 -1e400 1:30 1.0.0 .nan .NaN nan .inf -.INF inf true True tRue FALSE yes no off on y ~
null NULL nil 2021-03-04 2021-03-04T05:06:07Z 9223372036854775808 -9223372036854775808 'q' "12"
"true" ''"""
SPACED = ["", "two words", "a # b", "!!str 12", "!!int 12", "!!bool true", "!!binary aGk="]


@pytest.mark.parametrize("scalar", [*PLAIN.split(), *SPACED])
def test_both_readers_read_a_scalar_alike(scalar: str) -> None:
    source = f"key: {scalar}\n"
    try:
        quick = yaml_reader.load(source)
    except BrokenYamlError:
        with pytest.raises(BrokenYamlError):
            yaml_events.load(source)
    else:
        assert repr(yaml_events.load(source)) == repr(quick)


lines = st.lists(
    st.text("ab:- [],{}'\"#|>?!&*%~0.\n", max_size=12)
    | st.sampled_from(["key: value", "- item", "a: [1, {b: c}]", "  deep: ''", "x: |", "  y"]),
    max_size=8,
)


@given(lines)
def test_anything_is_read_or_refused(parts: list[str]) -> None:
    source = "\n".join(parts)
    try:
        value, duplicates = yaml_reader.load(source)
    except BrokenYamlError as error:
        assert 1 <= error.line <= source.count("\n") + 2
    else:
        assert json.loads(json.dumps(value)) == value
        assert all(isinstance(twice, Duplicate) for twice in duplicates)


@pytest.mark.parametrize(
    "source",
    [
        "a: &x 1\nb: *x",
        "- &n no\n- *n",
        "&k key: [*k]",
    ],
)
def test_an_alias_of_a_single_value_is_read(source: str) -> None:
    value, _ = yaml_reader.load(source)
    assert value in ({"a": 1, "b": 1}, ["no", "no"], {"key": ["key"]})


@pytest.mark.parametrize(
    "source",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "a: &a\n  b: *a",
        "a: &a [*a]",
        "a: &a {k: v}\nb:\n  <<: *a",
    ],
)
def test_aliases_of_collections_are_refused(source: str) -> None:
    with pytest.raises(BrokenYamlError, match="alias"):
        yaml_reader.load(source)


def test_aliases_that_repeat_much_text_are_refused() -> None:
    with pytest.raises(BrokenYamlError, match="repeat too much"):
        yaml_reader.load(f"a: &a {'x' * 10_000}\nb: [{'*a, ' * 1000}]")


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "[a,", "{a: ", "- - ", "!x ["])
@pytest.mark.parametrize("times", [200, 100_000])
def test_depth_is_bounded(opening: str, times: int) -> None:
    with pytest.raises(BrokenYamlError):
        yaml_reader.load(opening * times)


def test_what_is_just_deep_enough_is_read() -> None:
    value, _ = yaml_reader.load("[" * 100 + "]" * 100)
    assert json.dumps(value) == "[" * 100 + "]" * 100


@pytest.mark.parametrize("source", ["!mine {a: b}", "a: *b", "a: 1\n--- \nb: 2", "%TAG x"])
def test_the_careful_reader_says_where_it_stopped(source: str) -> None:
    with pytest.raises(BrokenYamlError) as caught:
        yaml_events.load(source)
    assert caught.value.line >= 1
    assert str(caught.value)


def test_a_long_scalar_is_just_long() -> None:
    value, _ = yaml_reader.load(f"a: {'x' * 400_000}")
    assert len(value["a"]) == 400_000
