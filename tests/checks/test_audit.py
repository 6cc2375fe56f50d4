"""The audit of the whole catalog. Great Expectations takes seconds, so its tests are few."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from curation.cli.main import main
from curation.records import FacetTags, Facts, Record, Size, Tag, Tags
from curation.store.catalog import Catalog

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # of a library, and of what it imports
]

SETTINGS = """
name = "bees"
version = "1.0.0"

[audit]
known = { domains = 0.8 }
stated = { license = 0.9 }
least_models = 50
most_drift = 0.25
"""


def record(number: int, domains: str) -> Record:
    tier = Tag(value="lightweight", confidence=1.0)
    return Record(
        id=f"acme/bee-{number}",
        facts=Facts(license="mit" if number % 2 else None),
        tags=Tags(
            domains=FacetTags(state="known" if domains == "known" else "unknown"),
            size_tier=FacetTags(state="known", origin="derived", values=(tier,)),
            size=Size(bytes=3000, bytes_source="files"),
        ),
    )


def made(root: Path, domains: str) -> Catalog:
    root.mkdir(parents=True)
    (root / "catalog.toml").write_text(SETTINGS)
    catalog = Catalog(root)
    for number in range(10):
        catalog.write(record(number, domains))
    return catalog


def test_what_the_owners_expect_is_held_against_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made(tmp_path / "old" / "catalog", "known")
    made(tmp_path / "new" / "catalog", "unknown")
    monkeypatch.chdir(tmp_path / "new")
    docs = tmp_path / "docs"
    assert main(["audit", "--json", "--against", "../old", "--docs", str(docs)]) == 1
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    messages = {one["code"]: one["message"] for one in told["findings"]}
    assert messages == {
        "CUR401": "domains: expected at least 80.0%, got 0.0%",
        "CUR402": "models: expected at least 50, got 10",
        "CUR403": "state_domains = unknown: expected at most 25.0%, got 100.0%",
        "CUR404": "lightweight: expected at most 90.0%, got 100.0%",
        "CUR405": "license: expected at least 90.0%, got 50.0%",
    }
    assert (docs / "index.html").is_file()
    lines = ["", *SETTINGS.splitlines()]
    said = {one["code"]: lines[one["line"]] for one in told["findings"]}
    assert "domains" in said["CUR401"]
    assert "least_models" in said["CUR402"]
    assert "most_drift" in said["CUR403"]
    assert said["CUR404"] == "[audit]"  # which says nothing of it


def test_of_no_models_only_their_number_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["init"])
    capsys.readouterr()
    assert main(["audit"]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("catalog/catalog.toml:")
    assert "CUR402 models: expected at least 1, got 0" in shown
    assert shown.endswith("1 expectations, 1 not met\n")


def test_a_folder_for_the_pages_that_cannot_be_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made(tmp_path / "catalog", "known")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    assert main(["audit", "--docs", "file/docs"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_catalog_as_expected_has_no_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = made(tmp_path / "catalog", "known")
    text = SETTINGS.replace("50", "10").replace("0.9", "0.5") + "most_of_one_tier = 1.0\n"
    (catalog.root / "catalog.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    assert main(["audit"]) == 0
    assert ", 0 not met" in capsys.readouterr().out
    assert msgspec.to_builtins(catalog.settings.audit)["most_of_one_tier"] == 1.0
