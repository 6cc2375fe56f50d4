from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from curation.checks.json_lines import Path, scan

TEXT = """{
  "a": [
    1,
    {"b": 2, "c": [
      3]}
  ],
  "d\\"e": {"f": "}],{["},
  "g": null
}
"""


def test_each_place_has_its_line() -> None:
    places: list[Path] = [
        (),
        ("a",),
        ("a", 0),
        ("a", 1),
        ("a", 1, "c"),
        ("a", 1, "c", 0),
        ('d"e', "f"),
        ("g",),
    ]
    lines = scan(TEXT, places).lines
    assert [lines[place] for place in places] == [1, 2, 3, 4, 4, 5, 7, 8]


def test_what_leads_to_a_place_has_a_line_too() -> None:
    assert scan(TEXT, [("a", 1, "nowhere")]).lines == {(): 1, ("a",): 2, ("a", 1): 4}


def test_keys_that_are_there_twice_are_found_at_any_depth() -> None:
    text = '{"a": 1,\n"b": {"a": 1, "c": [{"x": 1,\n"\\u0078": 2}]},\n"a": 3}'
    assert scan(text, ()).twice == [(("b", "c", 0, "x"), 3), (("a",), 4)]


def test_the_same_key_in_two_objects_is_not_twice() -> None:
    assert scan('{"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]}', ()).twice == []


def places_of(value: Any, place: Path = ()) -> list[Path]:
    steps = value.items() if isinstance(value, dict) else []
    steps = enumerate(value) if isinstance(value, list) else steps
    below = [places_of(item, (*place, step)) for step, item in steps]
    return [place, *(one for found in below for one in found)]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(values)
def test_every_place_of_any_value_is_found(value: Any) -> None:
    places = places_of(value)
    found = scan(json.dumps(value, indent=1), places)
    assert set(found.lines) == set(places)
    assert found.twice == []


@given(values)
def test_one_item_a_line_is_counted_right(value: Any) -> None:
    places: list[Path] = [(number,) for number in range(3)]
    text = "[\n" + ",\n".join([json.dumps(value)] * 3) + "\n]"
    found = scan(text, places).lines
    assert [found[place] for place in places] == [2, 3, 4]
