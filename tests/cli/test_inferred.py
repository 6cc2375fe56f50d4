"""Decisions are held against what the rules say, where what they were told is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation import canonical
from curation.cli.inferred import Taggers, with_inferred
from curation.records import Facts, Inputs, Record
from curation.review import State, digest, open_sides, read
from curation.store.catalog import Catalog

SHA = "a" * 40
CARD = "---\nlanguage: ru\n---\n\n# A model\n"
OVERRIDE = '[tags.languages]\nvalue = ["de"]\nreason = "r"\nby = "ann"\non = 2026-01-01\n'
OWN = """name = "own"
version = "1.0.0"
about = "what licences tell of languages"

[[rule]]
id = "own.gpl"
why = "a test"
places = {license = 6.0}
supports = "languages:fr"
terms = ["gpl 3.0"]
accepts = ["license: gpl-3.0"]
rejects = ["license: mit"]
"""


def make(root: Path, license: str, override: str = OVERRIDE, **inputs: str | None) -> Catalog:
    (root / "overrides" / "o").mkdir(parents=True)
    (root / "catalog.toml").write_text('name = "x"\nversion = "1.0.0"\n')
    (root / "overrides" / "o" / "m.toml").write_text(override)
    catalog = Catalog(root)
    facts = Facts(revision=SHA, license=license, languages=("ru",))
    catalog.write(Record(id="o/m", facts=facts, inputs=Inputs(**inputs)))
    return catalog


def inferred(old: Catalog, new: Catalog) -> tuple[State, State]:
    base, head = open_sides(f"{old.root}..{new.root}", None)
    before, after = read(base, head)
    taggers = Taggers()
    return (
        with_inferred(before, base, new.root, after, taggers),
        with_inferred(after, head, new.root, before, taggers),
    )


def languages(state: State) -> list[str]:
    return [tag.value for tag in state.inferred["o/m"].languages.values]


@pytest.fixture
def old(tmp_path: Path) -> Catalog:
    return make(tmp_path / "old", "mit")


def test_without_a_card_the_facts_are_enough(old: Catalog, tmp_path: Path) -> None:
    before, after = inferred(old, make(tmp_path / "new", "gpl-3.0"))
    assert languages(before) == languages(after) == ["ru"]


def test_with_a_card_it_must_be_the_one_that_the_record_was_made_from(
    old: Catalog, tmp_path: Path
) -> None:
    new = make(tmp_path / "new", "gpl-3.0", card=canonical.hash_bytes(CARD.encode()))
    assert inferred(old, new)[1].inferred == {}
    new.save_card("o/m", SHA, "another")
    assert inferred(old, new)[1].inferred == {}
    new.save_card("o/m", SHA, CARD)
    assert languages(inferred(old, new)[1]) == ["ru"]


def test_decisions_that_were_edited_need_nothing(old: Catalog, tmp_path: Path) -> None:
    new = make(tmp_path / "new", "gpl-3.0", OVERRIDE.replace('"de"', '"fr"'))
    assert inferred(old, new)[1].inferred == {}


def test_records_that_did_not_change_need_nothing(old: Catalog, tmp_path: Path) -> None:
    new = make(tmp_path / "new", "mit", OVERRIDE + "\n# a comment\n")
    assert inferred(old, new)[1].inferred == {}


def test_the_rules_of_each_side_speak_for_it(old: Catalog, tmp_path: Path) -> None:
    new = make(tmp_path / "new", "gpl-3.0")
    (new.root / "rules").mkdir()
    (new.root / "rules" / "own.toml").write_text(OWN)
    before, after = inferred(old, new)
    assert languages(before) == ["ru"]
    assert languages(after) == ["fr", "ru"]


def test_a_side_whose_packs_are_not_here_tells_nothing(old: Catalog, tmp_path: Path) -> None:
    new = make(tmp_path / "new", "gpl-3.0")
    (new.root / "catalog.toml").write_text(
        'name = "x"\nversion = "1.0.0"\npacks = {tasks = "99.0.0"}\n'
    )
    before, after = inferred(old, new)
    assert languages(before) == ["ru"]
    assert after.inferred == {}
    (note,) = digest(before, after).notes
    assert note.startswith("1 decision on models that changed could not be held")


def test_sides_of_the_same_rules_share_a_tagger(old: Catalog, tmp_path: Path) -> None:
    base, head = open_sides(f"{old.root}..{make(tmp_path / 'new', 'mit').root}", None)
    taggers = Taggers()
    assert taggers.of(base) is taggers.of(head)


def test_corrections_are_heard(old: Catalog, tmp_path: Path) -> None:
    fix = OVERRIDE + OVERRIDE.replace("tags.", "facts.").replace('"de"', '"fr"')
    old.override_path("o/m").write_text(fix)
    assert languages(inferred(old, make(tmp_path / "new", "gpl-3.0", fix))[0]) == ["fr"]
