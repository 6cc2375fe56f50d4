from __future__ import annotations

from typing import Any

import pytest

from curation import patterns
from curation.checks.codes import MOST
from curation.checks.explain import misfits

SCHEMA = {
    "type": "object",
    "properties": {
        "task": {"enum": ["fill-mask", "summarization", "translation", *map(str, range(20))]},
        "kind": {"enum": ["a", "b"]},
        "revision": {"type": ["string", "null"], "pattern": patterns.REVISION},
        "odd": {"pattern": "^x+$"},
        "count": {"type": "integer", "minimum": 0, "maximum": 9},
        "version": {"const": 1},
        "many": {"type": "array", "maxItems": 1, "items": {"type": "integer"}},
        "none": {"maxItems": 0},
        "some": {"minItems": 1, "uniqueItems": True},
        "text": {"minLength": 1, "maxLength": 3},
        "not": {"not": {"type": "null"}},
        "deep": {"additionalProperties": {"type": "object", "required": ["a", "b", "c"]}},
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"task": "fil-mask"}, '"fil-mask" is not in the vocabulary; did you mean fill-mask?'),
        ({"task": "xyz"}, '"xyz" is not in the vocabulary'),
        ({"kind": "c"}, '"c" is not in the vocabulary; expected one of a, b'),
        ({"revision": 3}, "expected text or null, got a whole number 3"),
        ({"revision": {}}, "expected text or null, got a table"),
        ({"revision": "main"}, 'expected a commit of 40 hex digits, got "main"'),
        ({"odd": "y"}, 'expected of the form ^x+$, got "y"'),
        ({"count": -1}, "expected at least 0, got -1"),
        ({"count": 10}, "expected at most 9, got 10"),
        ({"count": 1.5}, "expected a whole number, got 1.5"),
        ({"count": True}, "expected a whole number, got a boolean true"),
        ({"version": 2}, "expected the value 1, got 2"),
        ({"many": [1, 2]}, "expected at most 1 values, got 2"),
        ({"none": [1]}, "expected no value, got 1"),
        ({"some": []}, "expected at least 1 values"),
        ({"some": [1, 1]}, "has a value twice"),
        ({"text": ""}, "is empty"),
        ({"text": "abcd"}, "expected at most 3 characters"),
        ({"deep": {"x": {"b": 1}}}, "missing keys a, c"),
        ([], "expected a table, got a list"),
    ],
)
def test_each_misfit_says_what_was_expected_and_got(value: Any, words: str) -> None:
    assert [told for _, told in misfits(SCHEMA, value)] == [words]


def test_unknown_keys_are_told_one_by_one_each_at_its_place() -> None:
    assert misfits(SCHEMA, {"tusk": 1, "zzz": 2}) == [
        (("tusk",), 'unknown key "tusk"; did you mean task?'),
        (("zzz",), 'unknown key "zzz"'),
    ]


def test_all_misfits_are_told_not_only_the_first() -> None:
    value = {"count": -1, "many": [1, "a"], "text": ""}
    assert {place for place, _ in misfits(SCHEMA, value)} == {
        ("count",),
        ("many",),
        ("many", 1),
        ("text",),
    }


def test_thousands_of_misfits_are_cut_short() -> None:
    assert len(misfits(SCHEMA, {"many": ["x"] * 5_000})) == MOST


def test_a_huge_value_is_not_repeated() -> None:
    for value in ({"revision": "x" * 10**6}, {"x" * 10**6: 1}, {"not": None}):
        assert all(len(told) <= 250 for _, told in misfits(SCHEMA, value))
