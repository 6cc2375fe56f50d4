from __future__ import annotations

import pytest

from curation import values
from curation.errors import UsageError
from curation.store.decisions import CORRECTABLE, DECIDABLE

LISTED = [*(("tags", name) for name in DECIDABLE), ("facts", "license"), ("facts", "task")]


@pytest.mark.parametrize(("part", "name"), LISTED)
def test_what_is_offered_is_taken_as_it_is(part: values.Part, name: str) -> None:
    offered = values.offered(name)
    assert offered
    for value in offered:
        found = values.checked(part, name, [value])
        assert found in (value, (value,))


@pytest.mark.parametrize(("part", "name"), [*LISTED, *(("facts", name) for name in CORRECTABLE)])
def test_no_words_are_nothing(part: values.Part, name: str) -> None:
    assert values.checked(part, name, ["", " "]) == ()


@pytest.mark.parametrize("name", ["domains", "license", "bytes_total", "library", "languages"])
@pytest.mark.parametrize("word", ["\x1b[2J", "-1", "x" * 300, "\u202e"])
def test_what_is_no_value_is_refused(name: str, word: str) -> None:
    part: values.Part = "tags" if name in DECIDABLE else "facts"
    if (name, word) == ("library", "-1"):
        assert values.checked(part, name, [word]) == word
        return
    with pytest.raises(UsageError):
        values.checked(part, name, [word])


def test_several_values_are_sorted_and_said_once() -> None:
    assert values.checked("tags", "domains", ["food", "Finance", "food"]) == ("finance", "food")
