from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from curation.digest import Correction, Item, Standing
from curation.review.headlines import headline
from curation.review.words import Phrase, Said

ITEM = Item(kind="fact", id="o/m", field="facts.license", old="mit", new=None)
KNOWN = Standing(state="known", origin="rules", confidence=0.5, review=True, reasons=())


def spoken(phrase: Phrase) -> str:
    """A phrase with what is not ours in angle brackets."""
    return "".join(f"<{part}>" if isinstance(part, Said) else part for part in phrase)


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
    assert spoken(headline(item)) == told + moved


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
    assert spoken(headline(item)) == f"<o/m> datasets: {told}"


def test_a_rule_says_what_it_moved() -> None:
    item = Item(kind="rule", id="r", old={"terms": ()}, new={"terms": ("a",)})
    moved = structs.replace(item, moved={"models": 1, "tags": 2})
    assert spoken(headline(moved)) == "rule <r> edited (terms); moved 2 tags of 1 model"
