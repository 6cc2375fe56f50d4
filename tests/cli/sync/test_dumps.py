"""``curate sync --from-dump``: the facts of a catalog from the Hub's public dumps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curation import checks
from curation.records import Record
from curation.store.catalog import Catalog

SHA = "1" * 40
#: The columns of cfahlgren1/hub-stats.
STATS: dict[str, list[Any]] = {
    "id": ["a/one", "x/stranger", "a/gated", "../evil", "old"],
    "author": ["a", "x", "a", "..", None],
    "cardData": ['{"license": "mit"}', None, None, None, None],
    "gated": ["False", "False", "auto", "False", "False"],
    "sha": [SHA, SHA, SHA, SHA, SHA],
    "downloads": [7, 8, 9, 1, 2],
    "likes": [1, 2, 3, 4, 5],
    "tags": [["license:mit"], [], [], [], []],
    "lastModified": ["2026-01-01T00:00:00.000Z"] * 5,
    "siblings": [['{"rfilename": "README.md"}'], [], [], [], []],
}

Sync = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dump(tmp_path: Path) -> str:
    path = tmp_path / "models.parquet"
    pq.write_table(pa.table(STATS), path)
    return str(path)


@pytest.fixture(autouse=True)
def _models(catalog: Catalog) -> None:
    for name in ("a/one", "a/gated", "b/absent"):
        catalog.write(Record(id=name))
    catalog.write(Record(id="new/name", aliases=("old",)))


def test_facts_come_from_a_dump(catalog: Catalog, sync: Sync, dump: str) -> None:
    code, out, err = sync("--from-dump", dump, "--json")
    said = json.loads(out)
    assert code == 1, "a gated model and a row that is no model"
    assert said["refreshed"] == ["a/one", "new/name"]
    assert [one["id"] for one in said["failed"]] == ["a/gated"]
    facts = catalog.record("a/one").facts
    assert (facts.license, facts.revision, facts.source) == ("mit", SHA, "models.parquet")
    row = catalog.popularity()["a/one"]
    assert (row.downloads, row.checked) == (7, None), "a dump is no look at the Hub"
    assert [one for one in checks.check_files(catalog.root) if one.code.startswith("CUR10")] == []
    assert err == ""


def test_a_second_time_changes_nothing(catalog: Catalog, sync: Sync, dump: str) -> None:
    sync("--from-dump", dump)
    files = {p: p.stat().st_mtime_ns for p in catalog.root.rglob("*") if p.is_file()}
    _, out, err = sync("--from-dump", dump)
    assert "2 unchanged" in out
    assert "1 models of the catalog are not in the dump" in err
    assert {p: p.stat().st_mtime_ns for p in files} == files


def test_cards_of_a_dump_are_kept_at_their_revision(
    catalog: Catalog, sync: Sync, tmp_path: Path
) -> None:
    path = tmp_path / "raw.jsonl"
    info = {"id": "a/one", "sha": SHA, "tags": []}
    path.write_text(json.dumps({"id": "a/one", "info": json.dumps(info), "card": "# C\n"}))
    assert sync("--from-dump", str(path), "--only", "a/one")[0] == 0
    assert catalog.card("a/one", SHA) == "# C\n"


def test_a_file_that_is_no_dump_changes_nothing(
    catalog: Catalog, sync: Sync, tmp_path: Path
) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1 nonsense")
    before = catalog.raw("a/one")
    code, out, err = sync("--from-dump", str(path))
    assert (code, out, catalog.raw("a/one")) == (2, "", before)
    assert "x.parquet" in err
