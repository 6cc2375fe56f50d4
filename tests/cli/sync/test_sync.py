"""``curate sync`` from end to end, against the sample Hub."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import huggingface_hub
import pytest

from curation.records import Record
from curation.samplehub import faults
from curation.samplehub.faults import Fault
from curation.samplehub.server import SampleHub, SampleModel, load_models
from curation.store.catalog import Catalog

SECRET = "hf_abcdefghijklmnopqrstuvwxyz"

Sync = Callable[..., tuple[int, str, str]]


def files(catalog: Catalog) -> dict[Path, tuple[int, bytes]]:
    found = (path for path in catalog.root.parent.rglob("*") if path.is_file())
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def add(catalog: Catalog, *names: str) -> None:
    for name in names:
        catalog.write(Record(id=name))


def test_a_first_sync_brings_facts_and_cards(
    catalog: Catalog, server: SampleHub, models: list[SampleModel], sync: Sync
) -> None:
    add(catalog, "a/one", "a/two")
    code, out, _ = sync()
    assert code == 0
    assert out.splitlines()[-1] == "2 refreshed, 0 unchanged, 0 renamed, 0 failed; calls: 4"
    facts = catalog.record("a/one").facts
    assert (facts.source, facts.revision) == (server.endpoint, models[0].sha)
    assert catalog.card("a/one", models[0].sha) == "# One\n"
    assert catalog.popularity()["a/one"].downloads == 100
    assert len(server.requests) == 4


def test_a_second_sync_writes_nothing(catalog: Catalog, server: SampleHub, sync: Sync) -> None:
    add(catalog, "a/one", "a/two")
    sync()
    server.requests.clear()
    before = files(catalog)
    code, out, _ = sync()
    after = files(catalog)
    assert code == 0
    assert out == "nothing changed (0 refreshed, 2 unchanged, 0 renamed, 0 failed); calls: 1\n"
    assert {p: after[p] for p in before if ".curate" not in p.parts} == {
        p: before[p] for p in before if ".curate" not in p.parts
    }
    assert [request.path for request in server.requests if "resolve" in request.path] == []


def test_a_new_revision_and_counts_are_found(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    add(catalog, "a/one", "a/two")
    sync()
    sha = server.shelf.push("a/one", card="# More\n")
    server.shelf.set("a/two", downloads=9)
    code, out, _ = sync()
    assert code == 0
    assert "refreshed  a/one" in out
    assert "a/two" not in out
    assert catalog.card("a/one", sha) == "# More\n"
    assert catalog.popularity()["a/two"].downloads == 9


def test_failures_are_named_and_stop_no_other(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    add(catalog, "a/one", "b/gated", "b/none", "b/private", "c/" + "x" * 100)
    code, out, _ = sync("--json")
    said = json.loads(out)
    assert code == 1
    assert (said["changed"], said["refreshed"]) == (True, ["a/one"])
    reasons = {failure["id"]: failure["reason"] for failure in said["failed"]}
    assert list(reasons) == ["b/gated", "b/none", "b/private", "c/" + "x" * 100]
    assert "gated" in reasons["b/gated"]
    assert "gone or private" in reasons["b/none"]
    assert "gone or private" in reasons["b/private"]
    assert "refuses this id" in reasons["c/" + "x" * 100]


def test_a_hub_that_is_down_is_not_told_for_each_model(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    for n in range(9):
        catalog.write(Record(id=f"org{n}/name"))
    catalog.write(Record(id="b/gated"))
    server.faults.add(Fault("/api/models/org", faults.status(503), times=None))
    code, out, _ = sync()
    assert code == 1
    assert "b/gated: gated" in out
    assert out.count("503") == 5
    assert "and 4 more failed; --json names all\n" in out
    assert len(json.loads(sync("--json")[1])["failed"]) == 10


def test_a_visible_private_model_stays_out_of_the_catalog(
    catalog: Catalog, server: SampleHub, sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", SECRET)
    add(catalog, "b/private")
    before = catalog.raw("b/private")
    code, out, err = sync()
    assert (code, catalog.raw("b/private")) == (1, before)
    assert "private" in out
    assert server.requests[0].token
    assert SECRET not in out + err
    assert not any(SECRET.encode() in content for _, content in files(catalog).values())


def test_gated_models_come_in_where_they_may(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    settings = catalog.root / "catalog.toml"
    settings.write_text(settings.read_text() + "[sync]\nallow_gated = true\n")
    add(catalog, "b/gated")
    code, out, _ = sync()
    assert code == 0
    assert "without its card: b/gated: gated" in out
    assert catalog.record("b/gated").facts.gated == "auto"
    server.shelf.push("b/gated")
    _, out, _ = sync("--json")
    assert [missing["id"] for missing in json.loads(out)["without_card"]] == ["b/gated"]


def test_a_renamed_model_moves(catalog: Catalog, server: SampleHub, sync: Sync) -> None:
    add(catalog, "old")
    code, out, _ = sync()
    assert code == 0, out
    assert "old is now google/new" in out
    assert catalog.ids() == ["google/new"]
    assert catalog.record("google/new").aliases == ("old",)
    _, out, _ = sync()
    assert out.startswith("nothing changed")


def test_only_some_models(catalog: Catalog, server: SampleHub, sync: Sync) -> None:
    add(catalog, "a/one", "a/two", "b/none")
    code, out, _ = sync("--only", "a/*", "--jobs", "1", "--json")
    assert (code, json.loads(out)["refreshed"]) == (0, ["a/one", "a/two"])
    code, _, err = sync("--only", "z/*")
    assert code == 2
    assert "no model of the catalog matches" in err


def test_an_unreadable_record_is_named(catalog: Catalog, server: SampleHub, sync: Sync) -> None:
    add(catalog, "a/one", "a/two")
    catalog.path("a/two").write_text("{")
    code, out, _ = sync()
    assert code == 1
    assert "refreshed  a/one" in out
    assert "two.json" in out


@pytest.mark.usefixtures("server")
def test_an_empty_catalog_is_no_failure(catalog: Catalog, sync: Sync) -> None:
    assert catalog.ids() == []
    code, out, _ = sync()
    assert code == 0
    assert out.startswith("nothing changed")


@pytest.mark.usefixtures("catalog", "server")
@pytest.mark.parametrize(
    "options",
    [["--jobs", "0"], ["--jobs", "x"], ["--hub", "ftp://x"], ["--hub", "http://x.example"]],
)
def test_senseless_options_are_refused(sync: Sync, options: list[str]) -> None:
    code, out, err = sync(*options)
    assert (code, out) == (2, "")
    assert err.startswith("curate: ")


def test_the_hub_may_be_named(
    catalog: Catalog, models: list[SampleModel], sync: Sync, monkeypatch: Any
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://not.asked.example")
    add(catalog, "a/one")
    with SampleHub(models) as hub:
        code, _, _ = sync("--hub", hub.endpoint)
    assert code == 0


def test_huggingface_hub_is_given_back(catalog: Catalog, server: SampleHub, sync: Sync) -> None:
    add(catalog, "a/one")
    sync()
    assert huggingface_hub.HfApi(server.endpoint, token=False).model_info("a/two").id == "a/two"
    huggingface_hub.close_session()


def test_hostile_text_does_not_reach_the_terminal(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    add(catalog, "a/one")
    evil = faults.status(418, {"X-Error-Message": "\x1b[2J::error::hf"})
    server.faults.add(Fault("one", evil))
    code, out, _ = sync()
    assert code == 1
    assert "418" in out
    assert "\x1b" not in out


def test_the_shipped_models_sync(catalog: Catalog, sync: Sync) -> None:
    models = load_models()
    settings = catalog.root / "catalog.toml"
    settings.write_text(settings.read_text() + "[sync]\nallow_gated = true\n")
    add(catalog, *(model.id for model in models))
    with SampleHub(models) as hub:
        code, out, _ = sync("--hub", hub.endpoint, "--json")
        assert code == 0, out
        assert len(json.loads(out)["refreshed"]) == len(models)
        code, out, _ = sync("--hub", hub.endpoint)
    assert code == 0
    assert out.startswith("nothing changed")
