from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curation.errors import InputError
from curation.tagging.governance.examples import Bench, failures

Build = Callable[..., Any]


def test_a_sound_rule_has_no_failures(rule: Build, pack: Build) -> None:
    sound = rule("a", rejects=("name: bert", "code: bank"))
    assert list(failures(pack(sound), sound, Bench([pack(sound)]))) == []


def test_what_is_not_accepted_or_not_rejected_fails(rule: Build, pack: Build) -> None:
    wrong = rule("a", accepts=("name: banker",), rejects=("name: blood-bank",))
    assert list(failures(pack(wrong), wrong)) == [
        "should accept 'name: banker'; alone it does not",
        "should reject 'name: blood-bank'; alone it does not",
    ]


def test_a_rule_needs_both_kinds_of_examples(rule: Build, pack: Build) -> None:
    bare = rule("a", accepts=(), rejects=())
    assert list(failures(pack(bare), bare)) == ["no accepts", "no rejects"]


def test_a_rule_may_fail_only_among_others(rule: Build, pack: Build) -> None:
    sound = rule("a", accepts=("lead: Unlike a bank.",))
    cue = rule("cue", supports="mark:void", terms=("unlike",), places={"lead": 1.0})
    assert list(failures(pack(sound), sound)) == []
    assert list(failures(pack(sound), sound, Bench([pack(sound, cue)]))) == [
        "should accept 'lead: Unlike a bank.'; within all packs it does not"
    ]


def test_conditions_hold_within_an_example(rule: Build, pack: Build) -> None:
    asking = rule(
        "a",
        when=("decided: fill-mask",),
        accepts=("name: bank | decided: fill-mask",),
        rejects=("name: bank",),
    )
    assert list(failures(pack(asking), asking)) == []


def test_what_supports_must_not_oppose(rule: Build, pack: Build) -> None:
    torn = rule("a", places={"name": 2.0, "lead": -1.0}, accepts=("lead: A bank.",))
    opposing = rule("a", places={"lead": -1.0}, accepts=("lead: A bank.",))
    assert len(list(failures(pack(torn), torn))) == 1
    assert list(failures(pack(opposing), opposing)) == []


def test_a_value_that_does_not_exist_is_named(rule: Build, pack: Build) -> None:
    strange = rule("a", supports=("domains:banks", "mood:glad", "mark:anything"))
    assert list(failures(pack(strange), strange)) == [
        "supports domains:banks, which is no value of a facet",
        "supports mood:glad, which is no value of a facet",
    ]


@pytest.mark.parametrize("example", ["bank", "nowhere: bank", "name: a | bank"])
def test_what_is_no_example_is_an_error(rule: Build, pack: Build, example: str) -> None:
    broken = rule("a", accepts=(example,))
    with pytest.raises(InputError, match="not an example"):
        list(failures(pack(broken), broken))
