from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec import structs

from curation.cli.main import main
from curation.records import Record
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Catalog:
    """A catalog that holds ProsusAI/finbert, once called finbert; its folder is the working one."""
    monkeypatch.chdir(tmp_path)
    main(["init"])
    found = Catalog(tmp_path / "catalog")
    found.write(structs.replace(Record(id="ProsusAI/finbert"), aliases=("finbert",)))
    capsys.readouterr()
    return found


def test_models_are_added_unsynced(catalog: Catalog, capsys: Captured) -> None:
    assert main(["add", "gpt2", "google/vit", "gpt2"]) == 0
    shown = capsys.readouterr().out
    assert "added gpt2\nadded google/vit\n" in shown
    assert "'curate sync'" in shown
    assert catalog.record("gpt2") == Record(id="gpt2")
    assert catalog.record("google/vit").facts.revision is None


def test_the_answer_is_data(catalog: Catalog, capsys: Captured) -> None:
    assert main(["add", "gpt2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"added": ["gpt2"]}
    assert catalog.ids() == ["ProsusAI/finbert", "gpt2"]


def test_it_works_from_any_folder_of_the_repository(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(catalog.root / "models")
    assert main(["add", "gpt2"]) == 0
    assert "gpt2" in catalog.ids()


@pytest.mark.parametrize(
    ("model_id", "reason"),
    [
        ("ProsusAI/finbert", "ProsusAI/finbert is in the catalog"),
        ("finbert", "finbert is an alias of ProsusAI/finbert"),
        (
            "prosusai/FinBERT",
            "differs from ProsusAI/finbert, which is in the catalog, only in case",
        ),
        ("FINBERT", "differs from finbert, which is an alias of ProsusAI/finbert, only in case"),
        ("GPT2", "GPT2 differs from gpt2, which is asked for, only in case"),
        ("../x", "not a model id: '../x'"),
        ("a\x1b[31m/b", r"not a model id: 'a\\x1b[31m/b'"),
        ("x" * 300, "a part is longer than 230 characters"),
        ("x.json/y", "its organisation ends in .json"),
    ],
)
def test_one_that_is_refused_keeps_the_others_out(
    catalog: Catalog, capsys: Captured, model_id: str, reason: str
) -> None:
    assert main(["add", "gpt2", model_id]) == 2
    shown = capsys.readouterr().err
    assert "nothing was added" in shown
    assert reason.replace("\\\\", "\\") in shown
    assert catalog.ids() == ["ProsusAI/finbert"]


def test_every_refusal_is_told(catalog: Catalog, capsys: Captured) -> None:
    assert main(["add", "finbert", "a b"]) == 2
    shown = capsys.readouterr().err
    assert "finbert is an alias" in shown
    assert "'a b'" in shown


def test_without_a_catalog_the_way_to_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["add", "gpt2"]) == 2
    assert "curate init" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address",
    [
        "https://huggingface.co/openai/whisper-small.en",
        "huggingface.co/openai/whisper-small.en/tree/main",
        "https://hf.co/openai/whisper-small.en?library=transformers",
    ],
)
def test_an_address_is_refused_and_its_id_is_told(
    catalog: Catalog, capsys: Captured, address: str
) -> None:
    assert main(["add", address]) == 2
    assert "hint: curate add openai/whisper-small.en\n" in capsys.readouterr().err
    assert main(["add", address, "a/b/c"]) == 2
    assert "hint" not in capsys.readouterr().err
