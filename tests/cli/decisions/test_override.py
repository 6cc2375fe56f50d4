"""``curate override``: written with what it judged, tagged by it, refused in one line."""

from __future__ import annotations

import json

import pytest

from curation import canonical, evidence
from curation.cli.main import main
from curation.records import Record
from curation.samplehub.server import SampleHub, SampleModel
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]
WHY = ["--reason", "The card counts bees of a farm.", "--offline"]


def errors(capsys: Captured) -> list[str]:
    """The codes of all errors that ``curate validate`` finds."""
    capsys.readouterr()
    main(["validate", "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    return [one["code"] for one in found if one["severity"] == "error"]


def test_a_decision_is_written_and_the_record_tagged(catalog: Catalog, capsys: Captured) -> None:
    before = catalog.record("acme/bee")
    assert main(["override", "acme/bee", "domains", "Biology", *WHY]) == 0
    assert capsys.readouterr().out == "acme/bee: domains is decided: biology\n"
    decision = catalog.override("acme/bee").tags["domains"]
    assert (decision.value, decision.by, decision.confirms) == (("biology",), "Ada", False)
    assert decision.judged == evidence.judged(before.tags.domains)
    after = catalog.record("acme/bee").tags
    assert [tag.value for tag in after.domains.values] == ["biology"]
    assert after.task == before.tags.task
    assert errors(capsys) == []


@pytest.mark.parametrize("option", ["--reason", "--by"])
def test_bytes_that_are_no_text_decide_nothing(
    catalog: Catalog, capsys: Captured, option: str
) -> None:
    words = ["override", "acme/bee", "domains", "Biology", *WHY, option, "Of a caf\udce9 in Lyon."]
    assert main(words) == 2
    assert f"curate: {option} is no text\nhint: " in capsys.readouterr().err
    assert not catalog.override_path("acme/bee").exists()


def test_to_confirm_is_to_say_what_was_inferred(catalog: Catalog, capsys: Captured) -> None:
    assert main(["override", "acme/bee", "domains", "--confirm", *WHY]) == 0
    assert catalog.override("acme/bee").tags["domains"].confirms
    assert "agriculture (as inferred)" in capsys.readouterr().out
    assert errors(capsys) == []
    words = ["override", "acme/bee", "domains", "agriculture", "--replace", *WHY]
    assert main(words) == 0
    assert catalog.override("acme/bee").tags["domains"].confirms
    assert errors(capsys) == []


def test_facts_are_corrected_apart_from_tags(catalog: Catalog, capsys: Captured) -> None:
    assert main(["override", "acme/bee", "license", "Apache 2.0", *WHY]) == 0
    assert main(["override", "acme/bee", "bytes_total", "2_000_000", *WHY]) == 0
    assert main(["override", "acme/bee", "facts.languages", "--nothing", *WHY]) == 0
    facts = catalog.override("acme/bee").facts
    assert facts["license"].value == "apache-2.0"
    assert facts["license"].judged == canonical.digest("mit")
    assert facts["languages"].confirms
    assert "[facts.license]" in catalog.override_path("acme/bee").read_text()
    record = catalog.record("acme/bee")
    assert (record.facts.license, record.facts.bytes_total) == ("mit", 1000)
    assert record.tags.size.bytes == 2_000_000
    assert errors(capsys) == []


def test_the_rest_of_the_file_stays_byte_for_byte(catalog: Catalog, capsys: Captured) -> None:
    bare = catalog.record("acme/bee")
    main(["override", "acme/bee", "domains", "biology", *WHY])
    path = catalog.override_path("acme/bee")
    alone = path.read_bytes()
    assert main(["override", "acme/bee", "platforms", "--nothing", *WHY]) == 0
    path.write_bytes(b"# of bees\n\n" + path.read_bytes() + b"\n# the end\n")
    assert main(["override", "acme/bee", "platforms", "edge", *WHY, "--replace"]) == 0
    assert main(["override", "acme/bee", "platforms", "--withdraw", "--offline"]) == 0
    assert path.read_bytes() == b"# of bees\n\n" + alone + b"\n# the end\n"
    path.write_bytes(alone)
    assert main(["override", "acme/bee", "domains", "--withdraw", "--offline"]) == 0
    assert not path.exists()
    assert catalog.record("acme/bee") == bare
    assert errors(capsys) == []


def test_a_model_whose_card_cannot_be_had_keeps_its_tags(
    catalog: Catalog, capsys: Captured
) -> None:
    record = catalog.record("acme/bee")
    cards = catalog.root.parent / ".curate" / "cards"
    next(cards.rglob("*.md")).unlink()
    assert main(["override", "acme/bee", "domains", "biology", *WHY]) == 2
    assert "the card of acme/bee is not at hand" in capsys.readouterr().err
    assert catalog.record("acme/bee") == record
    assert not catalog.override_path("acme/bee").exists()


def test_a_card_that_is_not_cached_comes_from_the_hub(catalog: Catalog, capsys: Captured) -> None:
    record = catalog.record("acme/bee")
    revision = record.facts.revision
    assert revision
    text = catalog.card("acme/bee", revision)
    next((catalog.root.parent / ".curate" / "cards").rglob("bee/*.md")).unlink()
    why = WHY[:2]
    with SampleHub([SampleModel.of("acme/bee", card=text, sha=revision)]) as hub:
        words = ["override", "acme/bee", "platforms", "edge", *why, "--hub", hub.endpoint]
        assert main(words) == 0
    assert catalog.card("acme/bee", revision) == text
    assert catalog.record("acme/bee").tags.domains == record.tags.domains
    assert "CUR214" not in errors(capsys)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["acme/bea", "domains", "food"], "no record of acme/bea"),
        (["../x", "domains", "food"], "not a model id"),
        (["acme/bee", "domain", "food"], "did you mean domains?"),
        (["acme/bee", "scope", "general"], "follows from the other facets"),
        (["acme/bee", "facts.files", "x"], "can be decided"),
        (["acme/bee", "domains", "agricultur"], "did you mean agriculture?"),
        (["acme/bee", "task", "translation", "fill-mask"], "one value at most"),
        (["acme/bee", "license", "apache-2.00"], "did you mean apache-2.0?"),
        (["acme/bee", "bytes_total", "2 GB"], "a whole number"),
        (["acme/bee", "domains", "food", "--nothing"], "contradict"),
        (["acme/bee", "domains"], "no value for domains"),
        (["acme/bee", "domains", "food", "--confirm"], "known: agriculture"),
        (["acme/bee", "domains", "food", "--reason", " "], "no reason"),
        (["acme/bee", "domains", "food", "--reason", "TODO."], "no reason"),
        (["acme/bee", "domains", "food", "--expires", "2020-01-01"], "in the past"),
        (["acme/bee", "domains", "food", "--expires", "soon"], "no date"),
        (["acme/bee", "domains", "food", "--by", " "], "who decides?"),
        (["acme/bee", "domains", "--withdraw"], "no decision on tags.domains"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_writes_nothing(
    catalog: Catalog, capsys: Captured, words: list[str], said: str
) -> None:
    record = catalog.record("acme/bee")
    assert main(["override", *WHY, *words]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert (told.out, len(told.err.splitlines())) in (("", 1), ("", 2))
    assert catalog.record("acme/bee") == record
    assert not (catalog.root / "overrides" / "acme").exists()


def test_what_is_decided_is_not_decided_by_accident(catalog: Catalog, capsys: Captured) -> None:
    main(["override", "acme/bee", "domains", "biology", *WHY])
    before = catalog.override_path("acme/bee").read_bytes()
    assert main(["override", "acme/bee", "domains", "food", *WHY]) == 2
    assert "decided already, by Ada" in capsys.readouterr().err
    assert catalog.override_path("acme/bee").read_bytes() == before


def test_a_record_that_was_never_tagged_has_nothing_to_judge(
    catalog: Catalog, capsys: Captured
) -> None:
    catalog.write(Record(id="acme/new"))
    assert main(["override", "acme/new", "domains", "food", *WHY]) == 2
    assert "never tagged" in capsys.readouterr().err


def test_the_answer_is_data(catalog: Catalog, capsys: Captured) -> None:
    assert main(["override", "acme/bee", "domains", "food", *WHY, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["part"], told["name"]) == ("tags", "domains")
    assert told["decision"]["value"] == ["food"]


def test_what_was_decided_is_explained(catalog: Catalog, capsys: Captured) -> None:
    main(["override", "acme/bee", "domains", "food", *WHY])
    main(["override", "acme/bee", "license", "apache-2.0", *WHY])
    capsys.readouterr()
    assert main(["explain", "acme/bee"]) == 0
    domain, licence = capsys.readouterr().out.splitlines()[-2:]
    assert domain.startswith("decided: domains is food, by Ada on ")
    assert licence.startswith("decided: license is corrected from mit to apache-2.0, by Ada on ")
    assert licence.endswith(": The card counts bees of a farm.")
