from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.advise import Plan, team, wishes
from curation.errors import UsageError
from curation.model import Model
from curation.records import Result

pytest.importorskip("scipy", reason="needs the extra 'advise'")

MB = 10**6
SIGN, HEAR, SUM = "find signatures on cheques", "transcribe speech", "summarise text"


def model(name: str, task: str, size: int | None, **told: Any) -> Model:
    told = {"scope": "general", "languages": ("en",), **told}
    return Model(id=f"acme/{name}", task=task, bytes=size and size * MB, **told)


def narrow(name: str, task: str, subtask: str, size: int | None) -> Model:
    return model(name, task, size, scope="specialized", kinds=("task",), subtask=subtask)


SIGNER = narrow("signer", "object-detection", "signature-detection", 20)
EAR = model("ear", "automatic-speech-recognition", 300)
BIG_EAR = model("big-ear", "automatic-speech-recognition", 900)
TALKER = model("talker", "text-generation", 1000)
ALL = (SIGNER, EAR, BIG_EAR, TALKER)


def plan(*needs: str, budget: int = 5000, models: tuple[Model, ...] = ALL, **asked: Any) -> Plan:
    return team(needs, models, budget * MB, wishes(**asked))


def members(found: Plan) -> list[str]:
    return [one.id for one in found.team.members]


def test_the_smallest_team_covers_every_need() -> None:
    found = plan(SIGN, HEAR)
    assert members(found) == ["acme/signer", "acme/ear"]
    assert found.team.total == 320 * MB
    assert [one.covers for one in found.team.members] == [(SIGN,), (HEAR,)]
    assert found.team.missing == ()
    assert found.notes == ()


def test_a_generalist_is_needed_where_nothing_is_made_for_it() -> None:
    found = plan(SIGN, SUM)
    assert found.team.missing == (SUM,)
    assert found.generalist is not None
    assert [one.id for one in found.generalist.members] == ["acme/talker"]
    assert found.generalist.members[0].told == (SUM,)
    assert found.generalist.missing == (SIGN,)
    assert found.hybrid is not None
    assert [one.id for one in found.hybrid.members] == ["acme/signer", "acme/talker"]
    assert found.hybrid.missing == ()
    assert found.hybrid.total == 1020 * MB
    assert found.notes[0].startswith(f"{SUM}: nothing fits; nearest is acme/talker")


def test_what_a_generalist_cannot_be_told_goes_before_what_it_can() -> None:
    short = model("short", "summarization", 10)
    found = plan("chat", SUM, HEAR, budget=1305, models=(EAR, TALKER, short))
    assert members(found) == ["acme/short", "acme/ear"]
    assert found.hybrid is not None
    assert found.hybrid.missing == ()
    assert [one.id for one in found.hybrid.members] == ["acme/ear", "acme/talker"]


def test_a_need_that_was_not_understood_is_said() -> None:
    assert plan("frobnicate").notes == (
        "frobnicate: what the model is to do was not understood: say it in other words",
    )


def test_without_need_of_a_generalist_there_is_no_hybrid() -> None:
    assert plan(SIGN, HEAR).hybrid is None


def test_a_budget_too_small_is_explained_and_used_as_well_as_it_can_be() -> None:
    found = plan(SIGN, HEAR, budget=100)
    assert members(found) == ["acme/signer"]
    assert found.team.missing == (HEAR,)
    assert found.notes == (
        f"{HEAR}: the lightest that fits is acme/ear, 300 MB",
        "the smallest team for all that can be covered weighs 320 MB, over the budget of 100 MB",
    )


def test_what_states_no_size_cannot_be_weighed() -> None:
    found = plan(HEAR, models=(model("mute", "automatic-speech-recognition", None),))
    assert found.team.members == ()
    assert found.notes == (f"{HEAR}: what fits states no size and cannot be weighed: acme/mute",)
    assert found.unsized == {HEAR: ("acme/mute",)}


def test_a_model_that_fits_badly_does_not_win_by_being_small() -> None:
    reviews = "sentiment of tweets"
    made = narrow("tweets", "text-classification", "sentiment-analysis", 500)
    for_posts = Model(**{**_fields(made), "domains": ("social-media",)})
    for_banks = Model(**{**_fields(made), "id": "acme/a-bank", "domains": ("finance",), "bytes": 1})
    assert members(plan(reviews, models=(for_posts, for_banks))) == ["acme/tweets"]


def _fields(one: Model) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def test_wishes_hold_for_every_member() -> None:
    found = plan(HEAR, language="de")
    assert found.team.members == ()
    assert "English only, not German" in found.notes[0]


def test_declared_results_stay_with_their_dataset() -> None:
    results = tuple(
        Result(task="asr", dataset=name, metric="WER", value=value)
        for name, value in (("LibriSpeech", 3.0), ("Common Voice", 12.0))
    )
    held = Model(**{**_fields(EAR), "results": results})
    (one,) = plan(HEAR, models=(held,)).team.members
    assert one.declared == results


def test_a_need_said_twice_counts_once() -> None:
    assert plan(HEAR, HEAR).needs == (HEAR,)


@pytest.mark.parametrize(
    ("needs", "told"),
    [([], "0 needs make no team"), ([str(n) for n in range(21)], "21 needs"), ([""], "empty")],
)
def test_what_makes_no_sense_is_said(needs: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        team(needs, ALL, MB)


def test_no_models_make_no_team() -> None:
    found = plan(HEAR, models=())
    assert found.notes == (f"{HEAR}: there are no models",)
    assert found.generalist is None


TASKS = ("automatic-speech-recognition", "text-to-speech", "summarization", "text-generation")
NEEDS = ("transcribe speech", "read text aloud", "summarise text", "chat")
#: What a model of each task is made for, and what a general one can be told to do.
MADE = {task: {need} for task, need in zip(TASKS, NEEDS, strict=True)}
TOLD = {task: {"summarise text"} if task == "text-generation" else set() for task in TASKS}


@settings(max_examples=25)  # each asks the solver some ten times
@given(
    st.lists(st.tuples(st.sampled_from(TASKS), st.integers(1, 60)), max_size=6),
    st.integers(1, 150),
)
def test_nothing_does_more_or_as_much_for_less(held: list[tuple[str, int]], budget: int) -> None:
    models = tuple(model(f"m{n}", task, size) for n, (task, size) in enumerate(held))
    found = plan(*NEEDS, budget=budget, models=models)
    least, least_hybrid = [], [len(NEEDS)]
    for size in range(len(held) + 1):
        for some in itertools.combinations(held, size):
            if (total := sum(weight for _, weight in some)) <= budget:
                left = set(NEEDS).difference(*(MADE[task] for task, _ in some))
                least.append((len(left), total))
                least_hybrid += [len(left - TOLD[task]) for task, _ in some]
    assert (len(found.team.missing), found.team.total) == (min(least)[0], min(least)[1] * MB)
    best = found.hybrid or found.team
    assert len(best.missing) == min(least_hybrid)
    assert best.total <= budget * MB
