"""``curate doctor``: each sign, and what to do."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curation.cli.main import main
from curation.cli.sync import choice
from curation.hub.wire.limits import Limits
from curation.samplehub.server import SampleHub, SampleModel
from curation.store import skeleton
from curation.store.catalog import Catalog
from curation.store.popularity import Popularity

SECRET = "hf_abcdefghijklmnopqrstuvwxyz"

Doctor = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    skeleton.make(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    return Catalog(tmp_path / "catalog")


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Doctor:
    def run(*options: str) -> tuple[int, dict[str, Any], str]:
        with SampleHub([SampleModel.of("a/one")], tokens={SECRET: []}) as hub:
            code = main(["doctor", "--hub", hub.endpoint, "--json", *options])
        out, err = capsys.readouterr()
        return code, {sign["of"]: sign for sign in json.loads(out)["signs"]}, out + err

    return run


def git(folder: Path, *words: str) -> None:
    author = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "-C", str(folder), *author, *words], check=True, capture_output=True)


def test_all_is_well(catalog: Catalog, doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", SECRET)
    git(catalog.root.parent, "init", "--initial-branch", "main")
    git(catalog.root.parent, "add", ".")
    git(catalog.root.parent, "commit", "--message", "x")
    code, signs, shown = doctor()
    assert code == 0
    assert {sign["state"] for sign in signs.values()} == {"good"}
    assert signs["token"]["says"] == "of sample-user, can read only"
    assert "998 of 1,000 api calls left" in signs["quota"]["says"]
    assert signs["git"]["says"] == "on main, nothing uncommitted"
    assert SECRET not in shown


def test_what_is_not_well_says_what_to_do(catalog: Catalog, doctor: Doctor) -> None:
    git(catalog.root.parent, "init")
    (catalog.root.parent / ".gitignore").unlink()
    catalog.save_popularity({"a/one": Popularity(trouble="unreachable")})
    path = choice.journal_path(catalog)
    path.parent.mkdir(parents=True)
    path.write_text("")
    code, signs, _ = doctor()
    states = {name: sign["state"] for name, sign in signs.items() if sign["state"] != "good"}
    assert states == {"catalog": "look", "journal": "look", "git": "bad", "token": "look"}
    assert all(signs[name]["do"] for name in states)
    assert code == 1


def test_a_hub_that_does_not_answer_is_bad(
    catalog: Catalog, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curation.hub.wire.session.Limits", lambda: Limits(backoff=()))
    code, signs, _ = doctor("--hub", "http://127.0.0.1:9")
    assert (code, signs["hub"]["state"]) == (1, "bad")
    assert catalog.ids() == []


def test_a_wrong_token_is_bad(
    catalog: Catalog, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_wrong")
    code, signs, shown = doctor()
    assert (code, signs["hub"]["state"]) == (1, "bad")
    assert "refuses the token" in signs["hub"]["says"]
    assert "hf_wrong" not in shown
    assert catalog.ids() == []


def test_without_a_catalog_the_rest_is_told(
    tmp_path: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, signs, _ = doctor("--offline")
    assert (code, signs["catalog"]["state"], signs["hub"]["says"]) == (1, "bad", "not asked")
