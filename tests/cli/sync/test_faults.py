"""What a sync survives: each trouble of a bad day, and what the next day makes of it."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from curation import checks
from curation.records import Record
from curation.samplehub import faults
from curation.samplehub.faults import Fault
from curation.samplehub.server import SampleHub, SampleModel
from curation.store.catalog import Catalog

SECRET = "hf_abcdefghijklmnopqrstuvwxyz"
NAMES = ("a/one", "a/two", "a/three", "c/other")

Sync = Callable[..., tuple[int, str, str]]


@pytest.fixture
def models() -> list[SampleModel]:
    return [SampleModel.of(name, card=f"# {name}\n") for name in NAMES]


@pytest.fixture
def synced(catalog: Catalog, server: SampleHub, sync: Sync) -> SampleHub:
    """The Hub, after a first sync of all models and a push to ``a/one``."""
    for name in NAMES:
        catalog.write(Record(id=name))
    assert sync()[0] == 0
    server.shelf.push("a/one", card="# More\n")
    server.requests.clear()
    return server


def said(sync: Sync, *options: str) -> tuple[int, Any]:
    code, out, _ = sync("--json", *options)
    return code, json.loads(out)


def flaws(catalog: Catalog) -> list[Any]:
    """What is wrong with the files as files."""
    return [one for one in checks.check_files(catalog.root) if one.code.startswith("CUR10")]


PASSING = {
    "429": faults.status(429),
    "500": faults.status(500),
    "502": faults.status(502),
    "503": faults.status(503),
    "hang up": faults.hang_up(),
    "reset": faults.reset(3),
}
ONLY_JSON = {"truncated": faults.truncated(), "html": faults.html()}
CALLS = {"list": r"api/models\?", "facts": "api/models/a/one", "card": "a/one/resolve"}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("trouble", [*PASSING, *ONLY_JSON])
def test_a_passing_trouble_leaves_no_trace(
    catalog: Catalog, synced: SampleHub, sync: Sync, call: str, trouble: str
) -> None:
    if call == "card" and trouble in ONLY_JSON:
        pytest.skip("a card is no JSON")
    synced.faults.add(Fault(CALLS[call], {**PASSING, **ONLY_JSON}[trouble], times=2))
    code, told = said(sync)
    assert (code, told["refreshed"], told["failed"]) == (0, ["a/one"], [])
    assert catalog.card("a/one", str(catalog.record("a/one").facts.revision)) == "# More\n"


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("trouble", PASSING)
def test_a_lasting_trouble_is_told_and_mended_by_the_next_sync(
    catalog: Catalog, synced: SampleHub, sync: Sync, call: str, trouble: str
) -> None:
    fault = Fault(CALLS[call], PASSING[trouble], times=None)
    synced.faults.add(fault)
    code, told = said(sync)
    assert code == 1
    failed = {one["id"] for one in told["failed"]}
    assert failed == ({"a/one", "a/two", "a/three"} if call == "list" else {"a/one"})
    assert {"c/other"} <= {*told["unchanged"]}
    assert flaws(catalog) == []
    fault.times = 0
    code, told = said(sync)
    assert (code, told["refreshed"], told["failed"]) == (0, ["a/one"], [])


@pytest.mark.parametrize("headers", [{"Retry-After": "86400"}, {"RateLimit": '"api";r=0;t=86400'}])
def test_a_day_is_not_waited_for(
    catalog: Catalog, synced: SampleHub, sync: Sync, headers: dict[str, str]
) -> None:
    fault = Fault("api/models", faults.status(429, headers), times=None)
    synced.faults.add(fault)
    code, told = said(sync)
    assert code == 1
    assert all("86,40" in one["reason"] for one in told["failed"])
    assert len(synced.requests) <= len(NAMES), "nobody asks again"
    assert flaws(catalog) == []
    fault.times = 0
    assert said(sync)[0] == 0


@pytest.mark.parametrize(
    "spoilt",
    [faults.next_page(), faults.next_page("https://elsewhere.example/api/models"), faults.html()],
)
def test_a_list_that_cannot_be_trusted_is_done_without(
    synced: SampleHub, sync: Sync, spoilt: Any
) -> None:
    synced.faults.add(Fault(r"api/models\?", spoilt, times=None))
    code, told = said(sync)
    assert (code, told["refreshed"]) == (0, ["a/one"])
    assert len(told["unchanged"]) == 3


GONE = {
    "gone or private": lambda hub: hub.shelf.remove("a/two"),
    "private": lambda hub: hub.shelf.set("a/two", private=True),
    "disabled": lambda hub: hub.shelf.set("a/two", disabled=True),
    "gated, auto": lambda hub: hub.shelf.set("a/two", gated="auto"),
    "gated, manual": lambda hub: hub.shelf.set("a/two", gated="manual"),
    "a huge card": lambda hub: _huge(hub),
}


def _huge(hub: SampleHub) -> None:
    hub.shelf.push("a/two")
    hub.faults.add(Fault("a/two/resolve", faults.oversized(50_000_000), times=None))


@pytest.mark.parametrize("how", GONE)
def test_what_cannot_be_had_is_told_once_and_kept(
    catalog: Catalog, synced: SampleHub, sync: Sync, how: str
) -> None:
    before = catalog.raw("a/two")
    GONE[how](synced)
    code, told = said(sync)
    assert (code, [one["id"] for one in told["failed"]]) == (1, ["a/two"])
    assert told["refreshed"] == ["a/one"]
    assert (catalog.raw("a/two"), flaws(catalog)) == (before, [])
    assert not (catalog.root / "tombstones.toml").exists(), "only a person buries"
    stamp = (catalog.root / "popularity.csv").stat().st_mtime_ns
    code, told = said(sync)
    assert (code, told["changed"]) == (0, False)
    assert [one["recorded"] for one in told["failed"]] == [True]
    assert (catalog.root / "popularity.csv").stat().st_mtime_ns == stamp


def test_a_missing_model_is_asked_for_once_a_night(
    synced: SampleHub, sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a token the Hub answers 404 where it answers 401 to strangers."""
    monkeypatch.setenv("HF_TOKEN", SECRET)
    synced.shelf.remove("c/other")
    code, told = said(sync)
    assert (code, told["failed"][0]["trouble"]) == (1, "missing")
    assert sum("c/other" in request.path for request in synced.requests) == 1
    assert said(sync)[0] == 0


def test_a_model_that_comes_back_is_no_trouble_any_more(
    catalog: Catalog, synced: SampleHub, sync: Sync
) -> None:
    synced.shelf.set("a/two", private=True)
    said(sync)
    synced.shelf.set("a/two", private=False)
    code, told = said(sync)
    assert (code, told["failed"], told["changed"]) == (0, [], True)
    assert catalog.popularity()["a/two"].trouble is None


def test_many_models_do_not_vanish_at_once(catalog: Catalog, server: SampleHub, sync: Sync) -> None:
    names = [f"d/m{n}" for n in range(8)]
    for name in names:
        server.shelf.add(SampleModel.of(name))
        catalog.write(Record(id=name))
    assert sync()[0] == 0
    closed = Fault("api/models", faults.status(401), times=None)
    server.faults.add(Fault(r"models\?", faults.body(b"[]"), times=None), closed)
    for _ in range(2):
        code, told = said(sync)
        assert (code, told["vanished_at_once"], told["changed"]) == (1, names, False)


def test_a_renamed_model_keeps_its_old_name(
    catalog: Catalog, synced: SampleHub, sync: Sync
) -> None:
    synced.shelf.rename("a/two", "b/uno")
    code, told = said(sync)
    assert (code, told["renamed"]) == (0, [{"from": "a/two", "to": "b/uno"}])
    assert catalog.record("b/uno").aliases == ("a/two",)
    assert "a/two" not in catalog.ids()
    assert flaws(catalog) == []
    code, told = said(sync)
    assert (code, told["changed"]) == (0, False)


def test_a_full_disk_is_one_line_and_the_next_sync_goes_on(
    catalog: Catalog, synced: SampleHub, sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        synced.shelf.push(name)
    room = [2]
    fsync = os.fsync

    def full(handle: int) -> None:
        room[0] -= 1
        if room[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        code, out, err = sync("--jobs", "1")
    assert (code, out) == (2, "")
    assert "No space left on device" in err
    assert err.count("\n") == 1
    assert flaws(catalog) == []
    assert sync()[0] == 0
    shas = {name: synced.shelf.get(name).sha for name in NAMES}  # type: ignore[union-attr]
    assert {name: catalog.record(name).facts.revision for name in NAMES} == shas


def test_a_second_sync_at_the_same_time_names_the_first(
    catalog: Catalog, synced: SampleHub, sync: Sync
) -> None:
    with catalog.lock():
        code, _, err = sync()
    assert code == 2
    assert f"in use by process {os.getpid()}" in err
    assert synced.requests == []
