"""Proposals by query, and the memory of what was declined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curation.hub import discover
from curation.hub.client import Hub
from curation.records import BaseModel, Facts
from curation.samplehub.server import SampleHub, SampleModel
from curation.store.settings import Query

MODELS = [
    SampleModel.of("a/one", pipeline_tag="fill-mask", downloads=50, likes=1),
    SampleModel.of("a/two", pipeline_tag="fill-mask", downloads=40, likes=9),
    SampleModel.of("b/gguf", pipeline_tag="fill-mask", library_name="timm", downloads=30),
    SampleModel.of("b/gated", gated="auto", downloads=20),
    SampleModel.of("b/disabled", disabled=True, downloads=10),
]


@pytest.fixture
def proposed(connect: Callable[..., Hub]) -> Callable[..., list[str]]:
    def run(*queries: Query, **options: Any) -> list[str]:
        with SampleHub(MODELS) as server:
            options = {"taken": (), "rejected": {}, **options}
            found = discover.propose(connect(server.endpoint), queries, **options)
        return [one.id for one in found.new]

    return run


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (Query(), ["a/one", "a/two", "b/gguf"]),
        (Query(task="fill-mask", limit=2), ["a/one", "a/two"]),
        (Query(sort="likes", limit=1), ["a/two"]),
        (Query(author="b"), ["b/gguf"]),
        (Query(search="TWO"), ["a/two"]),
        (Query(library="timm"), ["b/gguf"]),
        (Query(min_downloads=41), ["a/one"]),
        (Query(exclude=("*/gguf", "a/t*")), ["a/one"]),
    ],
)
def test_a_query_narrows(proposed: Callable[..., list[str]], query: Query, ids: list[str]) -> None:
    assert proposed(query) == ids


def test_a_model_is_proposed_once(proposed: Callable[..., list[str]]) -> None:
    assert proposed(Query(limit=2), Query(sort="likes")) == ["a/one", "a/two", "b/gguf"]


def test_gated_models_come_where_they_may(proposed: Callable[..., list[str]]) -> None:
    assert "b/gated" in proposed(Query(), allow_gated=True)


def test_what_is_known_or_declined_is_not_proposed(connect: Callable[..., Hub]) -> None:
    with SampleHub(MODELS) as server:
        hub = connect(server.endpoint)
        judged = discover.evidence(hub.model("a/two").facts)
        rejected = {"a/two": judged, "b/gguf": "sha256:" + "0" * 64, "x/y": None}
        found = discover.propose(hub, [Query()], taken={"a/one"}, rejected=rejected)
    assert (found.new, found.known, found.rejected, found.closed) == ([], 1, 2, 2)
    assert found.changed == ["b/gguf"]


def test_a_commit_alone_does_not_move_the_evidence() -> None:
    old = Facts(revision="0" * 40, task="fill-mask", base_models=(BaseModel(id="a/b"),))
    new = Facts(revision="1" * 40, task="fill-mask", base_models=(BaseModel(id="a/b"),))
    assert discover.evidence(old) == discover.evidence(new)
    assert discover.evidence(old) != discover.evidence(Facts(task="fill-mask"))
