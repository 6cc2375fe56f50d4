"""Fifty needs and their answers, held against advice and against smallest first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.advise import measure
from curation.errors import InputError
from curation.model import Model

HERE = Path(__file__).parent
NEEDS = measure.read_needs(HERE / "needs.toml")
USERS = measure.read_needs(HERE / "users.toml")
HELD_OUT = measure.read_needs(HERE / "held-out.toml")
UNSEEN = measure.read_needs(HERE / "unseen.toml")


@pytest.fixture(scope="module")
def found(models: tuple[Model, ...]) -> measure.Score:
    return measure.score(NEEDS, measure.by_meaning(models))


@pytest.fixture(scope="module")
def smallest(models: tuple[Model, ...]) -> measure.Rule:
    sizes = json.loads((HERE / "data" / "advisor-sizes.json").read_bytes())
    return measure.smallest_first(models, sizes)


def test_there_are_fifty_needs_and_twenty_traps() -> None:
    assert len(NEEDS) == 50
    assert sum(need.trap is not None for need in NEEDS) == 20
    assert sum(not need.right for need in NEEDS) >= 5


def test_every_expected_model_is_in_the_catalog(models: tuple[Model, ...]) -> None:
    wanted = {name for need in (*NEEDS, *USERS, *HELD_OUT, *UNSEEN) for name in need.right}
    assert wanted <= {model.id for model in models}


def test_advice_is_right_and_never_misleads(found: measure.Score) -> None:
    assert found.at_1 >= 48, found.wrong
    assert found.at_3 >= 48, found.wrong
    assert found.misled == 0


def test_smallest_first_falls_for_the_traps(found: measure.Score, smallest: measure.Rule) -> None:
    theirs = measure.score(NEEDS, smallest)
    assert theirs.at_1 < found.at_1 / 2
    assert theirs.misled > 30


def test_the_words_of_others_are_understood(models: tuple[Model, ...]) -> None:
    score = measure.score(USERS, measure.by_meaning(models))
    assert score.at_1 >= 35, score.wrong
    assert score.misled == 0


@pytest.mark.parametrize(("needs", "right", "misled"), [(HELD_OUT, 15, 0), (UNSEEN, 27, 4)])
def test_what_is_not_understood_is_not_answered(
    models: tuple[Model, ...], needs: tuple[measure.Need, ...], right: int, misled: int
) -> None:
    score = measure.score(needs, measure.by_meaning(models))
    assert score.at_1 >= right, score.wrong
    assert score.misled <= misled


def test_a_file_that_holds_no_needs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "needs.toml"
    path.write_text("[[need]]\nright = []\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"needs\.toml: no needs"):
        measure.read_needs(path)
