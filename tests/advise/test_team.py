from __future__ import annotations

from typing import Any

import pytest

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


def test_without_need_of_a_generalist_there_is_no_hybrid() -> None:
    assert plan(SIGN, HEAR).hybrid is None


def test_a_budget_too_small_is_explained_and_used_as_well_as_it_can_be() -> None:
    found = plan(SIGN, HEAR, budget=100)
    assert members(found) == ["acme/signer"]
    assert found.team.missing == (HEAR,)
    assert found.notes == (
        "the smallest team for all that can be covered weighs 320 MB, over the budget of 100 MB",
    )


def test_what_states_no_size_cannot_be_weighed() -> None:
    found = plan(HEAR, models=(model("mute", "automatic-speech-recognition", None),))
    assert found.team.members == ()
    assert "states no size, such as acme/mute" in found.notes[0]
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
