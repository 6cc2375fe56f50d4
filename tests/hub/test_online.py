"""Records that state what the Hub does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from curation.errors import HubError
from curation.hub import online
from curation.hub.client import Answer, Hub
from curation.records import Facts, File, Record
from curation.samplehub.server import SampleHub, SampleModel

MODELS = [
    SampleModel.of(
        "a/one",
        card="# One\n",
        tags=["license:mit"],
        safetensors={"parameters": {"F32": 7}, "total": 7},
    ),
    SampleModel.of("a/two"),
]


@pytest.fixture
def true(connect: Callable[..., Hub]) -> Record:
    with SampleHub(MODELS) as server:
        return Record(id="a/one", facts=connect(server.endpoint).model("a/one").facts)


def held(connect: Callable[..., Hub], *records: Record) -> list[tuple[str | None, bool]]:
    with SampleHub(MODELS) as server:
        server.shelf.push("a/one", card="# Newer\n")
        server.shelf.set("a/one", downloads=9, tags=["license:apache-2.0"])
        found = list(online.disagreements(connect(server.endpoint), records))
    return [(one.field, one.error) for one in found]


def test_a_true_record_passes_though_the_hub_went_on(
    connect: Callable[..., Hub], true: Record
) -> None:
    assert held(connect, true) == []


@pytest.mark.parametrize(
    "forged",
    [
        {"license": "apache-2.0"},
        {"parameters_total": 8},
        {"parameters": {"F32": 8}},
        {"bytes_total": 1},
        {"languages": ("en",)},
        {"files": (File(path="README.md", size=6),)},
        {"files": (File(path=".gitattributes", size=1), File(path="README.md", size=6))},
    ],
)
def test_a_forged_record_does_not_pass(
    connect: Callable[..., Hub], true: Record, forged: dict[str, Any]
) -> None:
    record = replace(true, facts=replace(true.facts, **forged))
    assert held(connect, record) == [(f"facts.{next(iter(forged))}", False)]


def test_knowing_less_is_no_forgery(connect: Callable[..., Hub], true: Record) -> None:
    files = tuple(File(path=file.path) for file in true.facts.files)
    less = replace(true.facts, files=files, license=None, parameters={})
    assert held(connect, replace(true, facts=less), Record(id="a/two")) == []


def test_a_revision_that_never_was_is_told(connect: Callable[..., Hub], true: Record) -> None:
    made_up = Record(id="a/one", facts=replace(true.facts, revision="0" * 40))
    gone = Record(id="x/y", facts=Facts(revision="0" * 40))
    assert held(connect, made_up, gone) == [(None, True), (None, True)]


def test_a_hub_in_trouble_is_not_asked_for_every_record() -> None:
    class Down:
        asked = 0

        def model(self, model_id: str, revision: str | None = None) -> Answer:
            self.asked += 1
            raise HubError(f"{model_id}: no connection")

    source = Down()
    records = [Record(id=f"a/m{n}", facts=Facts(revision="a" * 40)) for n in range(6)]
    found = list(online.disagreements(source, records, jobs=1))
    assert source.asked == 3
    assert [one.error for one in found] == [True] * 6
    assert "not asked for" in found[-1].message
