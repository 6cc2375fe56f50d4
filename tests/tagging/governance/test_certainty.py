from __future__ import annotations

import pytest

from curation.records import GOLD
from curation.tagging.governance.certainty import Guess, certainty, ece, measure
from curation.tagging.governance.gold import Gold


def guess(confidence: float, *, right: bool, review: bool = False) -> Guess:
    return Guess(confidence, review, right)


def test_probabilities_that_mean_what_they_say_have_no_error() -> None:
    guesses = [guess(0.75, right=n < 3) for n in range(4)] + [guess(1.0, right=True)]
    assert ece(guesses) == pytest.approx(0.0)


def test_the_error_is_the_distance_in_each_bin_by_its_size() -> None:
    guesses = [guess(0.95, right=False), *(guess(0.6, right=True) for _ in range(3))]
    assert ece(guesses) == pytest.approx((0.95 + 3 * 0.4) / 4)


def test_what_is_marked_for_review_is_not_accepted() -> None:
    guesses = [guess(0.9, right=True), guess(0.6, right=False, review=True)]
    found = certainty(guesses)
    assert (found.n, found.precision, found.coverage) == (2, 1.0, 0.5)


def test_of_nothing_nothing_is_known() -> None:
    found = certainty([])
    assert (found.n, found.ece, found.precision, found.coverage) == (0, None, None, None)


def test_every_facet_is_measured_and_disputed_fields_are_not() -> None:
    line = Gold(
        id="a/b",
        scope="general",
        kinds=(),
        task="fill-mask",
        subtask=None,
        domains=(),
        languages=("de",),
        platforms=(),
        derivation=(),
        disputed=("task",),
    )
    confidence: dict[str, dict[str, float]] = {name: {} for name in GOLD}
    confidence |= {"task": {"fill-mask": 0.9}, "languages": {"de": 1.0, "fr": 0.5}}
    row = {"confidence": confidence, "review": ["languages:fr"]}
    found = measure([(line, row)])
    assert found["task"].n == 0
    assert found["languages"].n == found["all"].n == 2
    assert found["languages"].precision == 1.0
    assert found["languages"].ece == pytest.approx(0.25)
