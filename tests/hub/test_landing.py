"""What a sync writes into the catalog, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from curation.errors import ConflictError
from curation.hub.client import Answer
from curation.hub.landing import Landing
from curation.hub.outcome import Outcome, State
from curation.records import FacetTags, Facts, Record, Tag, Tags
from curation.store.catalog import Catalog
from curation.store.popularity import Popularity

SHA, NOW = "1" * 40, "2026-11-20T00:00:00Z"
FACTS = Facts(source="https://hub", revision=SHA, read_at=NOW, license="mit")
TAGS = Tags(task=FacetTags(state="known", values=(Tag(value="fill-mask", confidence=0.9),)))


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "catalog.toml").write_text('name = "test"\nversion = "1.0.0"\n')
    catalog = Catalog(root)
    catalog.write(Record(id="a/one", aliases=("a/zero",), tags=TAGS))
    return catalog


def outcome(state: State = "refreshed", to: str = "a/one", card: str | None = "# C\n") -> Outcome:
    answer = Answer(canonical_id=to, facts=FACTS, downloads=5, likes=2)
    return Outcome(id="a/one", state=state, answer=answer, card=card)


def land(catalog: Catalog, *outcomes: Outcome) -> bool:
    landing = Landing(catalog, NOW)
    for each in outcomes:
        landing.take(each)
    landing.finish()
    return landing.wrote


def test_facts_go_into_the_record_and_tags_stay(catalog: Catalog) -> None:
    assert land(catalog, outcome())
    assert catalog.record("a/one") == Record(
        id="a/one", aliases=("a/zero",), tags=TAGS, facts=FACTS
    )
    assert catalog.card("a/one", SHA) == "# C\n"
    assert catalog.popularity() == {"a/one": Popularity(downloads=5, likes=2, checked=NOW)}


def test_a_second_landing_touches_no_file(catalog: Catalog) -> None:
    land(catalog, outcome())
    files = [path for path in catalog.root.rglob("*") if path.is_file()]
    before = {path: path.stat().st_mtime_ns for path in files}
    assert not land(catalog, outcome("unchanged", card=None))
    assert not land(catalog, outcome("refreshed", card=None))
    assert {path: path.stat().st_mtime_ns for path in files} == before


def test_a_failure_touches_nothing(catalog: Catalog) -> None:
    assert not land(catalog, Outcome(id="a/one", state="failed", reason="gone"))
    assert catalog.record("a/one").facts == Facts()


def test_a_renamed_model_moves_with_its_decisions(catalog: Catalog) -> None:
    old = catalog.override_path("a/one")
    old.parent.mkdir(parents=True)
    old.write_text("# a decision\n")
    catalog.save_popularity({"a/one": Popularity(downloads=1, likes=2, checked=NOW)})
    assert land(catalog, outcome("renamed", to="b/uno"))
    assert catalog.ids() == ["b/uno"]
    assert catalog.record("b/uno") == Record(
        id="b/uno", aliases=("a/one", "a/zero"), tags=TAGS, facts=FACTS
    )
    assert catalog.override_path("b/uno").read_text() == "# a decision\n"
    assert not old.exists()
    assert list(catalog.popularity()) == ["b/uno"]
    assert catalog.card("b/uno", SHA) == "# C\n"


def test_a_model_renamed_to_a_known_one_becomes_its_alias(catalog: Catalog) -> None:
    known = Record(id="b/uno", facts=replace(FACTS, read_at="2025-01-01T00:00:00Z"))
    catalog.write(known)
    land(catalog, outcome("renamed", to="b/uno"))
    assert catalog.ids() == ["b/uno"]
    assert catalog.record("b/uno") == replace(known, aliases=("a/one", "a/zero"))


def test_decisions_are_never_merged_by_machine(catalog: Catalog) -> None:
    for name in ("a/one", "b/uno"):
        path = catalog.override_path(name)
        path.parent.mkdir(parents=True)
        path.write_text(f"# on {name}\n")
    with pytest.raises(ConflictError, match="both have decisions"):
        land(catalog, outcome("renamed", to="b/uno"))
    assert catalog.ids() == ["a/one"]
    assert catalog.override_path("b/uno").read_text() == "# on b/uno\n"


def vanished(name: str) -> Outcome:
    return Outcome(id=name, state="failed", reason="gone", trouble="unreachable")


def test_a_trouble_is_written_down_once_and_away_when_it_is_over(catalog: Catalog) -> None:
    land(catalog, outcome())
    landing = Landing(catalog, NOW)
    landing.take(vanished("a/one"))
    assert not landing.known(vanished("a/one"))
    landing.finish()
    row = Popularity(downloads=5, likes=2, checked=NOW, trouble="unreachable")
    assert catalog.popularity() == {"a/one": row}
    again = Landing(catalog, NOW)
    again.take(vanished("a/one"))
    again.finish()
    assert again.known(vanished("a/one"))
    assert not again.wrote
    land(catalog, outcome("unchanged", card=None))
    assert catalog.popularity()["a/one"].trouble is None


def test_many_that_vanish_at_once_are_not_believed(catalog: Catalog) -> None:
    landing = Landing(catalog, NOW)
    names = [f"b/m{n}" for n in range(6)]
    for name in names:
        landing.take(vanished(name))
    landing.finish()
    assert (landing.unbelieved(), catalog.popularity()) == (names, {})


def test_a_few_of_many_may_vanish(catalog: Catalog) -> None:
    landing = Landing(catalog, NOW)
    for n in range(60):
        landing.take(Outcome(id=f"c/m{n}", state="unchanged"))
    for n in range(6):
        landing.take(vanished(f"b/m{n}"))
    assert landing.unbelieved() == []


def test_a_look_that_was_none_leaves_the_time_of_the_last(catalog: Catalog) -> None:
    land(catalog, outcome())
    landing = Landing(catalog, None)
    answer = Answer(canonical_id="a/one", facts=FACTS, downloads=500, likes=2)
    landing.take(Outcome(id="a/one", state="unchanged", answer=answer))
    landing.finish()
    assert catalog.popularity()["a/one"] == Popularity(downloads=500, likes=2, checked=NOW)
