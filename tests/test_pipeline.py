from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from curation import pipeline
from curation.cli.main import main
from curation.errors import UnreachableError
from curation.records import Facts, Record
from curation.store.catalog import Catalog

SHA = "a" * 40
CARD = "# Mood\n\nThis model was fine-tuned on Russian reviews for sentiment analysis.\n"
FACTS = Facts(source="https://hub.example", revision=SHA, task="text-classification")


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    made = Catalog(tmp_path / "catalog")
    made.write(Record(id="acme/mood", facts=FACTS))
    return made


def values(record: Record, facet: str) -> list[str]:
    return [tag.value for tag in getattr(record.tags, facet).values]


def override(catalog: Catalog, text: str) -> None:
    path = catalog.override_path("acme/mood")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_records_are_tagged_from_facts_and_cached_cards(catalog: Catalog) -> None:
    catalog.save_card("acme/mood", SHA, CARD)
    assert main(["tag", "--offline"]) == 0
    record = catalog.record("acme/mood")
    assert values(record, "languages") == ["ru"]
    assert values(record, "subtask") == ["sentiment-analysis"]
    assert record.facts == FACTS
    assert record.inputs.card is not None
    assert record.inputs.override is None


def test_tagging_again_touches_nothing(catalog: Catalog) -> None:
    catalog.save_card("acme/mood", SHA, CARD)
    assert main(["tag", "--offline"]) == 0
    before = catalog.path("acme/mood").stat().st_mtime_ns
    (again,) = pipeline.tag_catalog(catalog, ["acme/mood"])
    assert isinstance(again, pipeline.Tagged)
    assert not again.changed
    assert catalog.path("acme/mood").stat().st_mtime_ns == before


def test_a_missing_card_is_fetched_once_and_kept(catalog: Catalog) -> None:
    asked: list[tuple[str, str]] = []

    def fetch(model_id: str, revision: str) -> str:
        asked.append((model_id, revision))
        return CARD

    for _ in range(2):
        list(pipeline.tag_catalog(catalog, catalog.ids(), fetch=fetch))
    assert asked == [("acme/mood", SHA)]
    assert values(catalog.record("acme/mood"), "languages") == ["ru"]


def test_a_card_that_cannot_be_had_leaves_the_record_as_it_is(catalog: Catalog) -> None:
    before = catalog.raw("acme/mood")

    def fetch(model_id: str, revision: str) -> str:
        raise UnreachableError(f"{model_id}: gone or private")

    (failed,) = pipeline.tag_catalog(catalog, ["acme/mood"], fetch=fetch)
    assert failed == pipeline.Untagged("acme/mood", "acme/mood: gone or private", None)
    assert catalog.raw("acme/mood") == before


def test_tags_that_rest_on_a_card_are_not_made_anew_without_it(catalog: Catalog) -> None:
    catalog.save_card("acme/mood", SHA, CARD)
    assert main(["tag", "--offline"]) == 0
    before = catalog.raw("acme/mood")
    shutil.rmtree(catalog.root.parent / ".curate" / "cards")
    assert main(["tag", "--offline"]) == 1
    assert catalog.raw("acme/mood") == before


def test_a_decision_outlives_every_run(catalog: Catalog) -> None:
    catalog.save_card("acme/mood", SHA, CARD)
    override(
        catalog,
        '[tags.languages]\nvalue = ["uk"]\nreason = "The author says so."\n'
        'by = "ann"\non = "2026-01-01"\n',
    )
    list(pipeline.tag_catalog(catalog, ["acme/mood"]))
    record = catalog.record("acme/mood")
    assert values(record, "languages") == ["uk"]
    assert record.tags.languages.origin == "override"
    assert "language:ukrainian" in values(record, "specialization")
    assert record.inputs.override is not None


def test_a_corrected_fact_is_what_the_rules_see(catalog: Catalog) -> None:
    override(
        catalog,
        '[facts.task]\nvalue = "translation"\nreason = "It translates."\n'
        'by = "ann"\non = "2026-01-01"\n',
    )
    list(pipeline.tag_catalog(catalog, ["acme/mood"]))
    record = catalog.record("acme/mood")
    assert values(record, "task") == ["translation"]
    assert record.facts.task == "text-classification"


def test_the_parents_of_a_bulk_file_come_from_a_catalog(catalog: Catalog, tmp_path: Path) -> None:
    catalog.save_card("acme/mood", SHA, CARD)
    list(pipeline.tag_catalog(catalog, ["acme/mood"]))
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    row = {"id": "acme/child", "tags": ["base_model:acme/mood", "base_model:quantized:acme/mood"]}
    source.write_bytes(msgspec.json.encode(row) + b"\n")
    words = ["tag", "--from", str(source), "--to", str(target), "--lineage", str(catalog.root)]
    assert main(words) == 0
    found = msgspec.json.decode(target.read_bytes())
    assert found["languages"] == ["ru"]
    assert found["subtask"] == "sentiment-analysis"


def test_a_pin_that_this_tool_lacks_is_named(
    catalog: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    path = catalog.root / "catalog.toml"
    pinned = path.read_text()
    assert 'domains = "1.0.0"' in pinned
    path.write_text(pinned.replace('domains = "1.0.0"', 'domains = "9.9.9"'))
    assert main(["tag", "--offline"]) == 2
    assert "no domains 9.9.9 in this curate: it has domains 1.0.0" in capsys.readouterr().err
