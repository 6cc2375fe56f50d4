"""``curate discover`` from end to end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curation import checks
from curation.cli.main import main
from curation.records import Record
from curation.samplehub.server import SampleHub, SampleModel
from curation.store.catalog import Catalog

QUERY = "[[sync.queries]]\ntask = 'fill-mask'\n"

Discover = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "catalog.toml").write_text(f'name = "test"\nversion = "1.0.0"\n{QUERY}')
    (root / "tombstones.toml").write_text(
        '[[tombstones]]\nid = "a/dead"\non = 2026-01-01\nreason = "gone"\n'
    )
    monkeypatch.chdir(root)
    catalog = Catalog(root)
    catalog.write(Record(id="a/have", aliases=("a/had",)))
    return catalog


@pytest.fixture
def discover(capsys: pytest.CaptureFixture[str]) -> Discover:
    names = ("a/have", "a/had", "a/dead", "b/new", "b/other")
    models = [SampleModel.of(name, pipeline_tag="fill-mask", downloads=1500) for name in names]

    def run(*options: str) -> tuple[int, Any, str]:
        with SampleHub(models) as hub:
            code = main(["discover", "--hub", hub.endpoint, *options])
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in options and out else out, err

    return run


@pytest.mark.usefixtures("catalog")
def test_models_that_are_not_there_are_proposed(discover: Discover) -> None:
    code, out, _ = discover()
    assert code == 0
    assert "b/new" in out
    assert "1,500" in out
    assert "2 proposed; 3 known, 0 rejected before, 0 private or gated" in out


def test_what_was_rejected_does_not_come_back(catalog: Catalog, discover: Discover) -> None:
    code, told, _ = discover("--reject", "b/new", "--reason", "not ours", "--by", "me", "--json")
    assert (code, told) == (0, {"rejected": ["b/new"]})
    _, told, _ = discover("--json")
    assert [one["id"] for one in told["new"]] == ["b/other"]
    assert (told["rejected"], told["changed"]) == (1, [])
    data = (catalog.root / "rejections.toml").read_bytes()
    assert checks.check_file("rejections.toml", data) == []
    discover("--reject", "b/new", "--reason", "again")
    assert (catalog.root / "rejections.toml").read_bytes() == data


@pytest.mark.usefixtures("catalog")
def test_a_rejection_needs_a_reason_and_a_model(discover: Discover) -> None:
    assert discover("--reject", "b/new")[0] == 2
    assert discover("--reason", "x")[0] == 2
    assert discover("--reject", "../x", "--reason", "x")[0] == 2
    assert discover("--reject", "b/none", "--reason", "x")[0] == 1


def test_a_catalog_without_queries_is_told_how(catalog: Catalog, discover: Discover) -> None:
    path = catalog.root / "catalog.toml"
    path.write_text(path.read_text().replace(QUERY, ""))
    code, _, err = discover()
    assert code == 2
    assert "sync.queries" in err
