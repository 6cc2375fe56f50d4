"""``curate tag --check``, and the records that ``validate`` tags anew."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from curation.cli.main import main
from curation.records import FacetTags, Facts, Record, Tag
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Catalog:
    monkeypatch.chdir(tmp_path)
    main(["init"])
    made = Catalog(tmp_path / "catalog")
    facts = Facts(revision="a" * 40, license="mit", task="summarization", languages=("ru",))
    made.write(Record(id="acme/bee", facts=facts))
    made.save_card("acme/bee", "a" * 40, "# Bee\n\nA summarizer of news about hives.\n")
    made.write(Record(id="acme/wasp", facts=Facts(task="translation")))
    assert main(["tag", "--offline"]) == 0
    capsys.readouterr()
    return made


def edited(catalog: Catalog, model_id: str) -> None:
    record = catalog.record(model_id)
    domains = FacetTags(state="known", values=(Tag(value="finance", confidence=0.9),))
    tags = msgspec.structs.replace(record.tags, domains=domains)
    catalog.write(msgspec.structs.replace(record, tags=tags))


def test_what_was_tagged_is_as_tagging_leaves_it(catalog: Catalog, capsys: Captured) -> None:
    assert main(["tag", "--check", "--offline"]) == 0
    assert capsys.readouterr().out.startswith("0 of 2 records")


def test_edited_tags_are_told_and_nothing_is_written(catalog: Catalog, capsys: Captured) -> None:
    edited(catalog, "acme/bee")
    before = catalog.raw("acme/bee")
    assert main(["tag", "--check", "--offline", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["checked"] == 2
    assert told["stale"] == [{"id": "acme/bee", "what": "not what the rules give: domains"}]
    assert catalog.raw("acme/bee") == before


def test_validate_tags_anew_what_needs_no_card_and_fix_mends_it(
    catalog: Catalog, capsys: Captured
) -> None:
    edited(catalog, "acme/bee")
    edited(catalog, "acme/wasp")
    for _ in range(2):  # looked at, then remembered
        assert main(["validate"]) == 1
        shown = capsys.readouterr().out
        assert "wasp.json" in shown
        assert shown.count("CUR214") == 1
    assert main(["validate", "--fix"]) == 0
    assert "mended catalog/models/acme/wasp.json" in capsys.readouterr().out


def test_stale_tags_are_mended_with_the_card_that_is_at_hand(
    catalog: Catalog, capsys: Captured
) -> None:
    record = catalog.record("acme/bee")
    facts = msgspec.structs.replace(record.facts, library="timm")
    catalog.write(msgspec.structs.replace(record, facts=facts))
    assert main(["validate"]) == 1
    assert "CUR211" in capsys.readouterr().out
    assert main(["validate", "--fix"]) == 0
    assert catalog.record("acme/bee").inputs.card == record.inputs.card


def test_stale_tags_are_left_where_the_card_is_not_at_hand(
    catalog: Catalog, capsys: Captured
) -> None:
    record = catalog.record("acme/bee")
    for card in (catalog.root.parent / ".curate" / "cards").rglob("*.md"):
        card.unlink()
    facts = msgspec.structs.replace(record.facts, library="timm")
    catalog.write(msgspec.structs.replace(record, facts=facts))
    assert main(["validate", "--fix"]) == 1
    assert catalog.record("acme/bee").tags == record.tags
