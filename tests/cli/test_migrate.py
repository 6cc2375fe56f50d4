from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.cli.main import main
from curation.records import Record
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]
OLD = {"schema_version": 0, "id": "org/old", "tags": {"domains": []}, "facts": {"license": "mit"}}


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Catalog:
    """A catalog with one record of today and one of version 0."""
    monkeypatch.chdir(tmp_path)
    main(["init"])
    found = Catalog(tmp_path / "catalog")
    found.write(Record(id="org/new"))
    found.path("org/old").write_text(json.dumps(OLD))
    capsys.readouterr()
    return found


def test_check_names_older_records_and_changes_nothing(catalog: Catalog, capsys: Captured) -> None:
    assert main(["migrate", "--check"]) == 1
    assert capsys.readouterr().out == "older: org/old\n"
    assert json.loads(catalog.path("org/old").read_text()) == OLD


def test_older_records_are_lifted_and_then_none_is_older(
    catalog: Catalog, capsys: Captured
) -> None:
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == "lifted: org/old\n"
    assert catalog.record("org/old").facts.license == "mit"
    assert main(["validate"]) == 0
    assert main(["migrate", "--check"]) == 0
    assert main(["migrate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"lifted": []}


def test_a_newer_record_is_refused_before_anything_is_written(
    catalog: Catalog, capsys: Captured
) -> None:
    catalog.path("org/zzz").write_text('{"schema_version": 9, "id": "org/zzz"}')
    assert main(["migrate"]) == 2
    assert "upgrade curate" in capsys.readouterr().err
    assert json.loads(catalog.path("org/old").read_text()) == OLD
