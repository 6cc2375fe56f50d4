from __future__ import annotations

from collections.abc import Callable
from typing import Any

from curation.records import Facts
from curation.tagging import Tagger
from curation.tagging.governance.moves import CALIBRATION, Move, grouped, moves

Build = Callable[..., Any]


def found(old: Tagger, new: Tagger, model_id: str) -> list[Move]:
    return list(moves(model_id, *(t.tag(model_id, Facts(), None) for t in (old, new))))


def test_a_move_is_laid_to_the_rule_that_came(rule: Build, pack: Build) -> None:
    old, new = Tagger([pack(rule("a"))]), Tagger([pack(rule("a"), rule("b", terms=("credit",)))])
    assert found(old, new, "x/bank") == []
    moved = found(old, new, "x/credit")
    assert [(move.facet, move.old, move.new) for move in moved] == [
        ("domains", ("unknown",), ("finance",)),
        ("scope", ("unknown",), ("specialized",)),
        ("kinds", ("unknown",), ("domain",)),
    ]
    assert {move.rules for move in moved} == {("b",)}


def test_a_move_is_laid_to_the_rule_whose_weight_changed(rule: Build, pack: Build) -> None:
    old = Tagger([pack(rule("a"), rule("b"))])
    new = Tagger([pack(rule("a"), rule("b", places={"name": -2.0}))])
    assert {move.rules for move in found(old, new, "x/bank")} == {("b",)}


def test_a_move_that_no_rule_made_is_laid_to_the_calibration(rule: Build, pack: Build) -> None:
    tagger, other = Tagger([pack(rule("a"))]), Tagger([pack(rule("a"))])
    was = tagger.tag("x/bank", Facts(), None)
    now = other.tag("x/bank", Facts(), None)
    bare = type(now.domains)(state="unknown", rivals=now.domains.values)
    (moved,) = moves("x/bank", was, type(now)(**{**parts(now), "domains": bare}))
    assert moved.rules == (CALIBRATION,)


def parts(tags: Any) -> dict[str, Any]:
    return {name: getattr(tags, name) for name in tags.__struct_fields__}


def test_groups_are_ordered_by_what_they_moved() -> None:
    one = Move("x/a", "task", (), ("fill-mask",), ("few", "most"))
    two = Move("x/b", "task", (), ("fill-mask",), ("most",))
    groups = grouped([one, two])
    assert [(group.rule, len(group.moves)) for group in groups] == [("most", 2), ("few", 1)]
