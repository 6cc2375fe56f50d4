from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from curation.digest import Group, Reason, Section, Standing
from curation.review import words
from curation.review.words import Said

GROUP = Group(
    cause="r", field="tags.languages", move="to", value="ru", count=14, models=14, items=()
)
KNOWN = Standing(state="known", origin="rules", confidence=0.5, review=True, reasons=())


def spoken(phrase: words.Phrase) -> str:
    """A phrase with what is not ours in angle brackets."""
    return "".join(f"<{part}>" if isinstance(part, Said) else part for part in phrase)


@pytest.mark.parametrize(
    ("cause", "move", "value", "told"),
    [
        ("r", "to", "ru", "<r> moved 14 models to <ru> (languages)"),
        ("r", "to", "conflicting", "<r> moved 14 models to conflicting (languages)"),
        ("r", "off", "ru", "<r> took <ru> from 14 models (languages)"),
        ("r", "unsure", "ru", "<r> left 14 models unsure of <ru> (languages)"),
        ("r", None, None, "<r> moved 14 models (languages)"),
        ("override", "to", "ru", "a decision moved 14 models to <ru> (languages)"),
        ("derived", None, None, "other facets moved 14 models (languages)"),
        ("facts, packs", None, None, "new facts, packs moved 14 models (languages)"),
        (None, None, None, "something untold moved 14 models (languages)"),
    ],
)
def test_a_group_says_what_moved_it_and_where(
    cause: str | None, move: Any, value: str | None, told: str
) -> None:
    group = structs.replace(GROUP, cause=cause, move=move, value=value)
    assert spoken(words.title(group)) == told


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        (None, "unstated"),
        ([], "none"),
        (["en", "ru"], "<en, ru>"),
        ("mit", "<mit>"),
        (5, "<5>"),
        ([{"id": "a"}], '<[{"id":"a"}]>'),
        (False, "<false>"),
        ("x" * 100, f"<{'x' * 59}…>"),
    ],
)
def test_values_are_shown_plainly(plain: Any, told: str) -> None:
    assert spoken(words.value(plain)) == told


def test_a_facet_without_a_value_says_why() -> None:
    assert spoken(words.value(None, structs.replace(KNOWN, state="unknown"))) == "unknown"


def test_evidence_names_rule_term_place_and_weight() -> None:
    one = Reason(
        value="ru", chosen=True, only=True, rule="r", signal="title", term="t", line=3, weight=-2.0
    )
    assert spoken(words.reason(one)) == "<r> on <t> in <title>:3 (-2.0 against <ru>)"
    for_it = structs.replace(one, line=None, weight=2.0)
    assert spoken(words.reason(for_it)) == "<r> on <t> in <title> (+2.0 for <ru>)"
    day = structs.replace(one, rule="override", signal="override", term="2026-01-01", weight=0.0)
    assert spoken(words.reason(day)) == "a decision of <2026-01-01> for <ru>"
    derived = structs.replace(one, line=None, weight=0.0)
    assert spoken(words.reason(derived)) == "<r> on <t> in <title> (for <ru>)"


@pytest.mark.parametrize(
    ("name", "told"),
    [("main", "main"), ("0a" * 20, "0a" * 6), ("x" * 61, "x" * 59 + "…"), ("0A" * 20, "0A" * 20)],
)
def test_of_a_commit_the_first_digits_are_shown(name: str, told: str) -> None:
    assert words.side(name) == told


def test_what_is_routine_is_counted_by_what_it_is() -> None:
    fields = ("inputs.packs", "popularity", "facts.revision", "tags.task", "facts.tags", "tags.x")
    groups = tuple(
        structs.replace(GROUP, field=field, count=1_000 + number)
        for number, field in enumerate(fields)
    )
    section = Section(risk="routine", title="Routine", count=9, models=1, groups=groups)
    assert words.tally(section) == (
        "popularity 1,001, revision 1,002, Hub tags 1,004; evidence of task 1,003, x 1,005; "
        "hash of packs 1,000"
    )


def test_a_heading_counts_changes_and_models() -> None:
    section = Section(risk="tag", title="Tags changed", count=3, models=1, groups=())
    assert words.heading(section) == "Tags changed: 3 in 1 model"
    assert words.heading(structs.replace(section, models=3)) == "Tags changed: 3"
    assert words.heading(structs.replace(section, models=0)) == "Tags changed: 3"
