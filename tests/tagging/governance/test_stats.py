"""Tallies, worth and what they come to, over a few models and rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from curation.rules import Pack
from curation.tagging import Tagger
from curation.tagging.governance.cases import Case
from curation.tagging.governance.stats import RuleStats, stats
from curation.tagging.governance.survey import Survey
from curation.tagging.governance.worth import worth

Build = Callable[..., Any]


def measured(packs: Sequence[Pack], cases: Sequence[Case]) -> dict[str, RuleStats]:
    survey = Survey()
    for one in cases:
        survey.add(one.decided, one.gold)
    return {found.rule: found for found in stats(survey, packs, worth(cases, packs))}


def test_a_rule_is_counted_and_held_against_gold(
    rule: Build, pack: Build, gold: Build, case: Build
) -> None:
    packs = [pack(rule("a"), rule("unheard", terms=("credit",)))]
    tagger = Tagger(packs)
    lines = [
        gold("x/bank", domains=("finance",)),
        gold("x/blood-bank"),
        gold("x/river-bank", disputed=("domains",)),
        gold("x/bert"),
    ]
    found = measured(packs, [case(tagger, line) for line in lines])
    assert (found["a"].models, found["a"].chosen, found["a"].judged) == (3, 3, 2)
    assert found["a"].precision == 0.5
    assert found["a"].pack == "ours"
    assert found["a"].state is None
    assert (found["unheard"].models, found["unheard"].state) == (0, "dead")


def test_worth_is_what_gets_wrong_and_right_without_the_rule(
    rule: Build, pack: Build, gold: Build, case: Build
) -> None:
    packs = [pack(rule("a"))]
    tagger = Tagger(packs)
    helped = case(tagger, gold("x/bank", domains=("finance",)))
    harmed = case(tagger, gold("x/blood-bank"))
    found = worth([helped, harmed], packs)["a"]
    # Domain, kind and scope are right with the rule for the first, and without it for the second.
    assert (found.helps, found.harms, found.moves) == (3, 3, 6)


def test_a_rule_that_another_always_joins_and_nothing_rests_on_is_shadowed(
    rule: Build, pack: Build, gold: Build, case: Build
) -> None:
    packs = [pack(rule("a"), rule("b", terms=("central bank",)))]
    tagger = Tagger(packs)
    cases = [
        case(tagger, gold("x/central-bank", domains=("finance",))),
        case(tagger, gold("x/bank", domains=("finance",))),
    ]
    found = measured(packs, cases)
    assert found["b"].state == "shadowed"
    assert found["a"].state is None
    assert found["b"].overlaps == {"a": 1}
    assert found["a"].overlaps == {"b": 1}


def test_opponents_and_rivals_conflict(rule: Build, pack: Build, gold: Build, case: Build) -> None:
    packs = [
        pack(
            rule("for"),
            rule("against", places={"name": -1.0}, terms=("blood",)),
            rule("one", supports="task:fill-mask"),
            rule("other", supports="task:translation", places={"name": 1.0}),
        )
    ]
    tagger = Tagger(packs)
    found = measured(packs, [case(tagger, gold("x/blood-bank"))])
    assert found["for"].conflicts == {"against": 1}
    assert found["against"].conflicts == {"for": 1}
    assert found["one"].conflicts == {"other": 1}
    assert found["against"].precision is None


def test_what_a_rule_voids_is_looked_for_without_it(
    rule: Build, pack: Build, gold: Build, case: Build
) -> None:
    packs = [pack(rule("a"), rule("cue", supports="mark:void", terms=("unlike",)))]
    tagger = Tagger(packs)
    card = "Unlike any bank that you have met so far, it knows poems.\n"
    found = worth([case(tagger, gold("x/poems"), card)], packs)
    assert found["cue"].helps == 3
    assert "a" not in found


def test_without_gold_only_coverage_is_known(
    rule: Build, pack: Build, gold: Build, case: Build
) -> None:
    packs = [pack(rule("a"))]
    survey = Survey()
    survey.add(case(Tagger(packs), gold("x/bank")).decided)
    (found,) = stats(survey, packs)
    assert (found.models, found.chosen) == (1, 1)
    assert (found.judged, found.precision, found.helps, found.harms) == (None,) * 4


def test_rules_that_are_one_witness_are_counted_each(
    rule: Build, pack: Build, gold: Build, case: Build
) -> None:
    packs = [
        pack(
            rule("a", witness="money"),
            rule("b", terms=("central bank",), witness="money", places={"name": 3.0}),
        )
    ]
    lines = [gold("x/bank", domains=("finance",)), gold("x/central-bank", domains=("finance",))]
    found = measured(packs, [case(Tagger(packs), line) for line in lines])
    assert {rule: one.models for rule, one in found.items()} == {"a": 2, "b": 1}
