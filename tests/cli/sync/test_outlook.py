"""What a sync would cost, told without asking anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from curation.records import Record
from curation.samplehub.server import SampleHub, SampleModel
from curation.store.catalog import Catalog

NAMES = ("a/one", "a/two", "a/three", "c/other")

Sync = Callable[..., tuple[int, str, str]]


@pytest.fixture
def models() -> list[SampleModel]:
    return [SampleModel.of(name, card="# C\n") for name in NAMES]


def files(catalog: Catalog) -> dict[Path, int]:
    found = (path for path in catalog.root.parent.rglob("*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in found}


@pytest.mark.parametrize("option", ["--dry-run", "--offline"])
def test_nothing_is_asked_and_nothing_written(
    catalog: Catalog, server: SampleHub, sync: Sync, option: str
) -> None:
    for name in NAMES:
        catalog.write(Record(id=name))
    before = files(catalog)
    code, out, _ = sync(option)
    assert (code, server.requests, files(catalog)) == (0, [], before)
    assert out.splitlines() == [
        "0 models by the lists of 0 authors, 4 alone",
        "at most 4 API calls and 4 files, 5 minutes under the quota",
        "oldest look: never",
    ]


def test_the_last_run_makes_the_bound_tell_more(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    for name in NAMES:
        catalog.write(Record(id=name))
    sync()
    sync()
    server.requests.clear()
    code, out, _ = sync("--dry-run", "--json")
    said = json.loads(out)
    assert (code, said["by_lists"], said["alone"]) == (0, {"a": 3}, 1)
    bound = said["bound"]
    assert (bound["api"], bound["resolvers"]) == (6, 4)
    assert (bound["likely_api"], bound["likely_resolvers"]) == (2, 1)
    code, _, _ = sync("--json")
    assert code == 0
    assert len(server.requests) <= bound["api"] + bound["resolvers"]


def test_a_bound_holds_when_everything_is_new(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    for name in NAMES:
        catalog.write(Record(id=name))
    sync()
    for name in NAMES:
        server.shelf.push(name)
    bound = json.loads(sync("--dry-run", "--json")[1])["bound"]
    server.requests.clear()
    sync()
    calls = [request.path for request in server.requests]
    assert sum("/resolve/" in path for path in calls) <= bound["resolvers"]
    assert sum("/api/" in path for path in calls) <= bound["api"]


def test_some_models_may_be_chosen(catalog: Catalog, server: SampleHub, sync: Sync) -> None:
    for name in NAMES:
        catalog.write(Record(id=name))
    assert json.loads(sync("--limit", "1", "--json")[1])["refreshed"] == ["a/one"]
    assert json.loads(sync("--limit", "2", "--json")[1])["refreshed"] == ["a/three", "a/two"]
    assert json.loads(sync("--only", "c/*", "--dry-run", "--json")[1])["models"] == 1


def test_lists_may_be_read_back_to_a_time_only(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    for name in NAMES:
        server.shelf.set(name, lastModified="2026-01-01T00:00:00.000Z")
        catalog.write(Record(id=name))
    sync()
    code, out, _ = sync("--since", "2026-06-01")
    assert code == 0
    assert "1 unchanged, 0 renamed, 3 skipped" in out or "4 unchanged" in out


@pytest.mark.usefixtures("catalog", "server")
@pytest.mark.parametrize(
    "options",
    [
        ["--since", "yesterday"],
        ["--since", "9999999d"],
        ["--limit", "0"],
        ["--from-dump", "x.parquet", "--hub", "https://x.example"],
        ["--from-dump", "x.parquet", "--dry-run"],
        ["--from-dump", "absent.parquet"],
    ],
)
def test_senseless_options_are_refused(sync: Sync, options: list[str]) -> None:
    code, out, err = sync(*options)
    assert (code, out) == (2, "")
    assert err.startswith("curate: ")
