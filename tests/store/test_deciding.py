from __future__ import annotations

from pathlib import Path

import pytest

from curation import checks
from curation.errors import InputError
from curation.records import Decision
from curation.store import deciding
from curation.store.catalog import Catalog

TASK = Decision(value="nsfw-detection", reason='it "says" so', by="them", on="2026-08-14")
DOMAIN = Decision(value=("finance",), reason="it says so", by="them", on="2026-08-14")


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(tmp_path / "catalog")


def test_decisions_are_written_as_a_person_would(catalog: Catalog) -> None:
    assert deciding.add(catalog, "a/one", {"subtask": TASK, "domains": DOMAIN}) == [
        "subtask",
        "domains",
    ]
    assert catalog.override("a/one").tags == {"subtask": TASK, "domains": DOMAIN}
    data = catalog.override_path("a/one").read_bytes()
    assert checks.check_file("overrides/a/one.toml", data) == []


def test_what_a_person_decided_stays(catalog: Catalog) -> None:
    path = catalog.override_path("a/one")
    path.parent.mkdir(parents=True)
    mine = '# mine\n[tags.domains]\nvalue = []\nreason = "r"\nby = "me"\non = 2026-01-01\n'
    path.write_text(mine)
    assert deciding.add(catalog, "a/one", {"domains": DOMAIN}) == []
    assert path.read_text() == mine
    assert deciding.add(catalog, "a/one", {"domains": DOMAIN, "subtask": TASK}) == ["subtask"]
    assert path.read_text().startswith(mine)
    assert catalog.override("a/one").tags["domains"].value == ()


def test_what_cannot_be_decided_is_not_written(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="cannot be decided"):
        deciding.add(catalog, "a/one", {"scope": DOMAIN})
    assert not catalog.override_path("a/one").exists()
