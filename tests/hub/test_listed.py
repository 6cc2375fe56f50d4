"""Looking for models in the lists of their authors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curation.errors import HubError
from curation.hub import sync
from curation.hub.client import Hub
from curation.hub.listed import Lists
from curation.hub.outcome import filled
from curation.records import Facts
from curation.samplehub import faults
from curation.samplehub.faults import Fault
from curation.samplehub.server import SampleHub, SampleModel

Connect = Callable[..., Hub]


def models(count: int, author: str = "a", **fields: Any) -> list[SampleModel]:
    return [
        SampleModel.of(f"{author}/m{n}", card="# C\n", downloads=100 - n, **fields)
        for n in range(count)
    ]


def known(hub: SampleHub) -> dict[str, Facts]:
    """The facts that a first look brings."""
    with Hub(hub.endpoint) as client:
        return {model.id: client.model(model.id).facts for model in hub.shelf.all()}


def refreshed(client: Hub, facts: dict[str, Facts], **options: Any) -> dict[str, str]:
    lists = Lists(client, {"a": tuple(name for name in facts if name.startswith("a/"))}, **options)
    return {one.id: one.state for one in sync.refresh(client, facts, lists=lists)}


def test_nothing_new_costs_one_call_for_all(connect: Connect) -> None:
    with SampleHub(models(50)) as server:
        facts = known(server)
        server.requests.clear()
        states = refreshed(connect(server.endpoint), facts)
    assert states == dict.fromkeys(facts, "unchanged")
    assert len(server.requests) == 1


def test_only_what_is_new_is_asked_for(connect: Connect) -> None:
    with SampleHub(models(9)) as server:
        facts = known(server)
        server.shelf.push("a/m3", card="# New\n")
        server.requests.clear()
        states = refreshed(connect(server.endpoint), facts)
        paths = [request.path.partition("?")[0] for request in server.requests]
        sha = server.shelf.get("a/m3").sha  # type: ignore[union-attr]
    assert [name for name, state in states.items() if state == "refreshed"] == ["a/m3"]
    assert paths[1:] == ["/api/models/a/m3", f"/a/m3/resolve/{sha}/README.md"]


def test_what_changes_without_a_commit_is_seen_in_the_list(connect: Connect) -> None:
    with SampleHub(models(3)) as server:
        facts = known(server)
        server.shelf.set("a/m1", pipeline_tag="fill-mask")
        client = connect(server.endpoint)
        found = {
            one.id: one
            for one in sync.refresh(client, facts, lists=Lists(client, {"a": tuple(facts)}))
        }
    answer = found["a/m1"].answer
    assert found["a/m1"].state == "refreshed"
    assert answer is not None
    assert answer.facts.task == "fill-mask"
    assert answer.facts.files == facts["a/m1"].files, "lists know no sizes"


def test_a_model_that_is_not_in_the_list_is_asked_for(connect: Connect) -> None:
    with SampleHub(models(4)) as server:
        facts = known(server)
        server.shelf.rename("a/m0", "b/uno")
        server.shelf.remove("a/m1")
        states = refreshed(connect(server.endpoint), facts)
    assert states == {
        "a/m0": "renamed",
        "a/m1": "failed",
        "a/m2": "unchanged",
        "a/m3": "unchanged",
    }


def test_a_list_is_read_no_further_than_is_worth_it(connect: Connect) -> None:
    """Ten pages of one; three models are wanted, and the last two lie far behind."""
    with SampleHub(models(10), page_size=1) as server:
        client = connect(server.endpoint)
        lists = Lists(client, {"a": ("a/m0", "a/m8", "a/m9")})
        found = lists.read("a")
    assert (list(found.answers), len(server.requests)) == (["a/m0"], 2)
    assert lists.pages == {"a": 3}, "so that it is not tried again"


def test_reading_ends_when_all_but_one_are_found(connect: Connect) -> None:
    with SampleHub(models(10), page_size=2) as server:
        client = connect(server.endpoint)
        lists = Lists(client, {"a": ("a/m0", "a/m1", "a/m2", "a/m9")})
        assert list(lists.read("a").answers) == ["a/m0", "a/m1", "a/m2"]
    assert (len(server.requests), lists.pages) == (2, {"a": 2})


def test_a_list_may_be_read_back_to_a_time(connect: Connect) -> None:
    days = [f"2026-01-{n + 1:02}T00:00:00.000Z" for n in range(9)]
    dated = [SampleModel.of(f"a/m{n}", lastModified=day) for n, day in enumerate(days)]
    with SampleHub(dated, page_size=3) as server:
        facts = known(server)
        server.requests.clear()
        states = refreshed(connect(server.endpoint), facts, since="2026-01-06T00:00:00Z")
    assert len(server.requests) == 2
    assert sorted(name for name, state in states.items() if state == "skipped") == [
        "a/m0",
        "a/m1",
        "a/m2",
    ]


def test_somebody_elses_broken_item_costs_nothing(connect: Connect) -> None:
    with SampleHub(models(3)) as server:
        facts = known(server)
        broken = faults.meanwhile(lambda: None)

        def spoil(ask: Any, reply: Any) -> Any:
            reply = broken(ask, reply)
            reply.body = b'[{"id": "../x"}, 7, ' + reply.body[1:]
            return reply

        server.faults.add(Fault(r"models\?", spoil))
        states = refreshed(connect(server.endpoint), facts)
    assert states == dict.fromkeys(facts, "unchanged")


def test_a_list_that_fails_fails_its_models_and_no_others(connect: Connect) -> None:
    with SampleHub([*models(3), *models(1, "b")]) as server:
        facts = known(server)
        server.faults.add(Fault(r"models\?", faults.status(500), times=None))
        client = connect(server.endpoint)
        with pytest.raises(HubError):
            Lists(client, {"a": ("a/m0", "a/m1")}).read("a")
        states = refreshed(client, facts)
    assert states == {**dict.fromkeys(facts, "failed"), "b/m0": "unchanged"}


def test_what_a_short_answer_is_silent_on_stays() -> None:
    old = Facts(revision="0" * 40, read_at="2026-01-01T00:00:00Z", license="mit", task="x")
    new = Facts(revision="0" * 40, read_at="2026-02-02T00:00:00Z", task="fill-mask", gated=False)
    kept = filled(new, old)
    assert (kept.license, kept.task, kept.read_at) == ("mit", "fill-mask", old.read_at)
    assert kept.gated is False
