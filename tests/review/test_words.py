from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from curation.digest import Correction, Group, Item, Reason, Section, Standing
from curation.review import words
from curation.review.words import Said

ITEM = Item(kind="fact", id="o/m", field="facts.license", old="mit", new=None)
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


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (ITEM, "<o/m> license: <mit> → unstated"),
        (
            structs.replace(ITEM, correction=Correction(value=None)),
            "<o/m> license: <mit> → unstated (corrected by a person to unstated)",
        ),
        (
            Item(kind="tag", id="o/m", field="tags.task", new=["x"], now=KNOWN),
            "<o/m> task: unstated → <x> (unsure: 0.50)",
        ),
        (
            Item(kind="tag", id="o/m", field="tags.scope", cause="r", old=["a"], new=["b"]),
            "<o/m> scope: <a> → <b>, moved by <r>",
        ),
        (
            Item(
                kind="tag", id="o/m", field="tags.task", old=["x"], new=["x"], was=KNOWN, now=KNOWN
            ),
            "<o/m> task: <x> (unsure: 0.50, was 0.50)",
        ),
        (Item(kind="pin", id="tasks", old="1.0.0"), "pin of <tasks> <1.0.0> → not pinned"),
        (Item(kind="setting", id="sync.x", old=1, new=2), "setting <sync.x> <1> → <2>"),
        (Item(kind="rule", id="r", new={"why": "w"}), "rule <r> added"),
        (Item(kind="rule", id="r", old={"why": "w"}), "rule <r> removed"),
        (Item(kind="rule", id="r", field="disable", old=False, new=True), "<r> disabled"),
        (
            Item(kind="rule", id="r", field="disable", old=True, new=False),
            "<r> enabled again",
        ),
        (
            Item(
                kind="removed",
                id="o/m",
                old={"scope": ["a"], "task": None, "specialization": None, "license": None},
                reason="gone",
            ),
            "<o/m>: <a>, licence unstated; reason: <gone>",
        ),
        (Item(kind="renamed", id="n/m", old="o/m", new="n/m"), "<o/m> → <n/m>"),
        (
            Item(kind="tombstone", id="o/m", new={"successor": "n/m"}, reason="gone"),
            "tombstone: <o/m> (now <n/m>): <gone>",
        ),
        (
            Item(
                kind="waiver",
                id="models/o/m.json",
                old={"code": "CUR214", "expires": "2027-01-01"},
                reason="r",
                by="ann",
            ),
            "waiver lifted: <models/o/m.json> for <CUR214> until <2027-01-01>, by <ann>: <r>",
        ),
        (
            Item(kind="rejection", id="o/m", field="task", new={"value": "x"}, reason="r", by="a"),
            "rejection: <o/m> <task> <x>, by <a>: <r>",
        ),
        (
            Item(kind="decision", id="o/m", field="tags.task", event="stale", new="x", reason="r"),
            "<o/m> task: decision stale: what it judged has changed (<x>): <r>",
        ),
        (
            Item(kind="decision", id="o/m", field="tags.kinds", event="made", old=[], new=()),
            "<o/m> kinds: decided, still none",
        ),
        (
            Item(
                kind="decision",
                id="o/m",
                field="tags.domains",
                event="changed",
                old=["x" * 60, "y"],
                new=("x" * 60, "z"),
            ),
            "<o/m> domains: decided anew, added <z>, removed <y>",
        ),
        (
            Item(kind="decision", id="o/m", field="facts.license", event="withdrawn", old="mit"),
            "<o/m> corrected license: decision withdrawn, <mit> → unstated",
        ),
    ],
)
def test_every_kind_of_change_is_one_line(item: Item, told: str) -> None:
    moved = "; moved no tag" if item.kind in ("pin", "rule") else ""
    assert spoken(words.headline(item)) == told + moved


LONG = [f"part-{number}" for number in range(20)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (LONG, [*LONG, "new"], "added <new>"),
        (LONG, LONG[1:], "removed <part-0>"),
        (LONG, ["new", *LONG[1:]], "added <new>, removed <part-0>"),
        (LONG[:2], ["new"], "<part-0, part-1> → <new>"),
        (LONG, LONG[::-1], f"<{', '.join(LONG)[:59]}…> → <{', '.join(LONG[::-1])[:59]}…>"),
        ([{"id": "a" * 60}], ["b"], '<[{"id":"' + "a" * 51 + "…> → <b>"),
        (None, LONG, f"unstated → <{', '.join(LONG)[:59]}…>"),
        (None, None, "still unstated"),
    ],
)
def test_of_long_lists_it_is_told_what_came_and_what_went(old: Any, new: Any, told: str) -> None:
    item = structs.replace(ITEM, field="facts.datasets", old=old, new=new)
    assert spoken(words.headline(item)) == f"<o/m> datasets: {told}"


def test_a_rule_says_what_it_moved() -> None:
    item = Item(kind="rule", id="r", old={"terms": ()}, new={"terms": ("a",)})
    moved = structs.replace(item, moved={"models": 1, "tags": 2})
    assert spoken(words.headline(moved)) == "rule <r> edited (terms); moved 2 tags of 1 model"


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
