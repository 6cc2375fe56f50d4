"""``curate validate --online``: records beside the Hub."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from curation import canonical
from curation.checks import manual
from curation.cli.main import main
from curation.records import Facts, Record
from curation.samplehub.server import SampleHub, SampleModel
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]
GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[SampleHub]:
    with SampleHub([SampleModel.of("acme/bee", tags=["license:mit"])]) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


@pytest.fixture
def catalog(
    hub: SampleHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> Catalog:
    monkeypatch.chdir(tmp_path)
    main(["init"])
    made = Catalog(tmp_path / "catalog")
    made.write(Record(id="acme/bee"))
    assert main(["sync"]) == 0
    assert main(["tag", "--offline"]) == 0
    capsys.readouterr()
    return made


def told(capsys: Captured) -> list[str]:
    main(["validate", "--online", "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    return [one["code"] for one in found if one["code"].startswith("CUR5")]


def put(catalog: Catalog, example: dict[str, str]) -> None:
    revision = catalog.record("acme/bee").facts.revision
    catalog.remove("acme/bee")
    for path, text in example.items():
        model_id = path.removeprefix("models/").removesuffix(".json")
        stated = json.loads(text).get("facts", {})
        catalog.write(Record(id=model_id, facts=Facts(revision=revision, **stated)))


@pytest.mark.parametrize("code", ["CUR501", "CUR502"])
def test_the_wrong_example_of_each_code_is_told(
    code: str, catalog: Catalog, capsys: Captured
) -> None:
    put(catalog, manual.page(code).wrong)
    assert told(capsys) == [code]


@pytest.mark.parametrize("code", ["CUR501", "CUR502"])
def test_the_right_example_of_each_code_passes(
    code: str, catalog: Catalog, capsys: Captured
) -> None:
    put(catalog, manual.page(code).right)
    assert told(capsys) == []


def test_a_record_that_a_commit_has_is_not_asked_for(
    hub: SampleHub, catalog: Catalog, tmp_path: Path, capsys: Captured
) -> None:
    subprocess.run([*GIT, "init", "-q"], check=True)
    subprocess.run([*GIT, "add", "-A"], check=True)
    subprocess.run([*GIT, "commit", "-qm", "all"], check=True)
    asked = len(hub.requests)
    assert told(capsys) == []
    assert len(hub.requests) == asked
    path = catalog.root / "models" / "acme" / "bee.json"
    forged = json.loads(path.read_text())
    forged["facts"]["license"] = "apache-2.0"
    path.write_text(canonical.dumps(forged))
    assert told(capsys) == ["CUR501"]
    assert len(hub.requests) == asked + 1


def test_a_commit_that_there_is_not_is_refused(catalog: Catalog, capsys: Captured) -> None:
    assert main(["validate", "--online", "--since", "nothing"]) == 2
    assert "nothing" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["CUR302", "CUR303", "CUR304", "CUR501"])
def test_the_command_that_a_finding_names_reads_the_facts_anew(
    catalog: Catalog, capsys: Captured, code: str
) -> None:
    stated = json.loads(manual.page(code).wrong["models/acme/bee.json"])["facts"]
    synced = catalog.record("acme/bee")
    facts = {**msgspec.to_builtins(synced.facts), **stated}
    catalog.write(msgspec.structs.replace(synced, facts=msgspec.convert(facts, Facts)))
    assert main(["validate", "--online", "--table", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    (fix,) = {one["fix"] for one in found if one["code"] == code}
    assert main(fix.split()[1:]) == 0
    assert catalog.record("acme/bee") == synced
