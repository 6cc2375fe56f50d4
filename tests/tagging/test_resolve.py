from __future__ import annotations

import pytest

from curation.tagging import resolve
from curation.tagging.calibration import Calibration
from curation.tagging.marks import Mark
from curation.tagging.marks import mark as make
from curation.tagging.score import log_odds, probability

RULES = Calibration(bias=1.0, slope=1.0, gap=2.0, strong=3.0, margin=0.5, accept=0.8)


def mark(weight: float, rule: str = "r", place: str = "name") -> Mark:
    return make(rule, weight, place, "term")


def ranked(**marks: list[Mark]) -> list[resolve.Candidate]:
    return resolve.candidates(marks)


def values(choice: resolve.Choice) -> list[str]:
    return [candidate.value for candidate in choice.chosen]


def test_rules_add_up_and_repetition_counts_a_quarter() -> None:
    assert log_odds([mark(2.0), mark(1.0, place="title")]) == pytest.approx(2.25)
    assert log_odds([mark(2.0, "a"), mark(1.0, "b")]) == pytest.approx(3.0)


@pytest.mark.parametrize("logit", [-1000.0, -1.0, 0.0, 1.0, 1000.0])
def test_probabilities_stay_within_bounds(logit: float) -> None:
    assert 0.0 <= probability(logit) <= 1.0
    assert probability(logit) + probability(-logit) == pytest.approx(1.0)


def test_nothing_is_chosen_without_enough_evidence() -> None:
    assert values(resolve.single(ranked(a=[mark(0.9)]), RULES)) == []
    assert values(resolve.several(ranked(a=[mark(0.9)]), RULES)) == []
    assert values(resolve.single([], RULES)) == []


def test_the_better_value_wins_and_the_other_stays_a_rival() -> None:
    choice = resolve.single(ranked(a=[mark(2.0)], b=[mark(4.0)]), RULES)
    assert values(choice) == ["b"]
    assert [rival.value for rival in choice.rivals] == ["a"]


def test_two_strong_values_that_do_not_agree_are_contested() -> None:
    choice = resolve.single(ranked(a=[mark(4.0)], b=[mark(4.2)]), RULES)
    assert values(choice) == []
    assert choice.contested


def test_strong_evidence_against_a_value_is_not_averaged_away() -> None:
    choice = resolve.several(ranked(a=[mark(4.0, "for"), mark(-3.8, "against")]), RULES)
    assert values(choice) == []
    assert choice.contested


def test_a_value_far_below_the_best_is_dropped() -> None:
    choice = resolve.several(ranked(a=[mark(5.0)], b=[mark(4.0)], c=[mark(2.0)]), RULES)
    assert values(choice) == ["a", "b"]


def test_exclusive_values_do_not_stand_together() -> None:
    rules = Calibration(
        bias=1.0, slope=1.0, gap=9.0, strong=9.0, margin=0.5, accept=0.8,
        exclusive=(("a", "b"),),
    )  # fmt: skip
    choice = resolve.several(ranked(a=[mark(2.0)], b=[mark(3.0)], c=[mark(1.5)]), rules)
    assert values(choice) == ["b", "c"]


def test_ties_are_broken_by_name_so_that_order_of_input_does_not_matter() -> None:
    one, two = {"b": [mark(2.0)], "a": [mark(2.0)]}, {"a": [mark(2.0)], "b": [mark(2.0)]}
    assert resolve.candidates(one) == resolve.candidates(two)
