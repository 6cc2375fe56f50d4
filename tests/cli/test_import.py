"""``curate import`` from end to end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from curation.checks import CODES, manual
from curation.cli.main import main
from curation.records import Record
from curation.store import rejections
from curation.store.catalog import Catalog
from curation.store.ledgers import Rejection

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "catalog.toml").write_text('name = "test"\nversion = "1.0.0"\n')
    monkeypatch.chdir(root)
    return Catalog(root)


@pytest.fixture
def file(tmp_path: Path) -> str:
    rows = [
        {"huggingFaceId": "a/one", "sizeMB": 25, "accuracy": 0.75, "specialization": "domain:code"},
        {"huggingFaceId": "a/one", "sizeMB": 50, "accuracy": 0.75},
        {"huggingFaceId": "A/Two", "sizeMB": 1, "accuracy": 0.85},
        {"huggingFaceId": "a/moved", "sizeMB": 1, "accuracy": 0.85},
    ]
    path = tmp_path / "models.json"
    path.write_text(json.dumps({"lastUpdated": "2026-08-14", "models": {"x": {"y": {"z": rows}}}}))
    return str(path)


def told(capsys: Captured, *words: str) -> Any:
    assert main(["import", *words, "--format", "advisor", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_models_and_decisions_come_in_and_numbers_do_not(
    catalog: Catalog, file: str, capsys: Captured
) -> None:
    catalog.write(Record(id="a/two"))
    catalog.write(Record(id="b/moved", aliases=("a/moved",)))
    said = told(capsys, file)
    assert (said["rows"], said["models"], said["added"]) == (4, 3, ["a/one"])
    assert said["decided"] == {"a/one": ["domains"]}
    assert said["skipped"] == {"A/Two": "is a/two here", "a/moved": "is b/moved here"}
    assert [(one["code"], one["line"]) for one in said["findings"]] == [("CUR602", 1)]
    assert catalog.record("a/one") == Record(id="a/one")
    assert catalog.override("a/one").tags["domains"].value == ("code",)


def test_a_second_time_changes_nothing(catalog: Catalog, file: str, capsys: Captured) -> None:
    told(capsys, file)
    files = {p: p.stat().st_mtime_ns for p in catalog.root.rglob("*") if p.is_file()}
    said = told(capsys, file)
    assert (said["added"], said["decided"]) == ([], {})
    assert {p: p.stat().st_mtime_ns for p in files} == files


@pytest.mark.usefixtures("catalog")
def test_a_file_that_is_not_there_or_something_else_is_refused(
    tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "x.json").write_text("[]")
    for name in ("none.json", "x.json"):
        assert main(["import", str(tmp_path / name), "--format", "advisor"]) == 2
        assert name in capsys.readouterr().err


def test_what_was_declined_does_not_come_in(catalog: Catalog, file: str, capsys: Captured) -> None:
    why = {"reason": "too old", "by": "me", "on": "2026-11-20"}
    one = Rejection(id="a/one", facet="domains", value="code", **why)
    rejections.append(catalog.root, [one, Rejection(id="A/Two", **why)])
    said = told(capsys, file)
    assert said["skipped"] == {"A/Two": "was declined: too old"}
    assert (said["added"], said["decided"]) == (["a/one", "a/moved"], {})


CODES_OF_IMPORT = sorted(code for code in CODES if code.startswith("CUR6"))


@pytest.mark.parametrize("code", CODES_OF_IMPORT)
@pytest.mark.usefixtures("catalog")
def test_the_example_of_each_code_is_told_at_its_line(
    code: str, tmp_path: Path, capsys: Captured
) -> None:
    page = manual.page(code)
    path = tmp_path / "models.json"
    for files, there in ((page.right, False), (page.wrong, True)):
        path.write_text(files["/models.json"].strip("\n"))
        told_of = told(capsys, str(path))["findings"]
        assert [one["code"] for one in told_of] == [code] * there
        if there:
            line = path.read_text().splitlines()[told_of[0]["line"] - 1]
            assert '"huggingFaceId"' in line


@pytest.mark.usefixtures("catalog")
def test_findings_are_shown_with_their_line_and_what_is_not_json_without(
    tmp_path: Path, capsys: Captured
) -> None:
    for name in ("models.json", "models.txt"):
        path = tmp_path / name
        path.write_text(manual.page("CUR601").wrong["/models.json"])
        assert main(["import", str(path), "--format", "advisor"]) == 0
        shown = capsys.readouterr().out
        where = "../models.json:2" if name == "models.json" else "../models.txt"
        assert f"{where} CUR601 warning: acme/bee-35b has 1 MB, but its name says" in shown
