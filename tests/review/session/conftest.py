"""A catalog on which things wait, and rules that say what its records say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from curation.errors import CurateError
from curation.records import Evidence, FacetTags, Facts, Inputs, Record, Tag, Tags
from curation.review.session import Desk, Session
from curation.store.catalog import Catalog

KINDS = FacetTags(state="known", origin="derived")


def tag(value: str, rule: str, *, review: bool = True, term: str = "bees") -> Tag:
    evidence = (Evidence(rule=rule, signal="title", term=term, line=1, weight=1.3),)
    return Tag(value=value, confidence=0.5, review=review, evidence=evidence)


def tags(domains: FacetTags, **others: FacetTags) -> Tags:
    scope = FacetTags(state="known", origin="derived", values=(Tag(value="general", confidence=1),))
    return msgspec.convert(
        msgspec.to_builtins({"scope": scope, "kinds": KINDS, "domains": domains, **others}), Tags
    )


UNSURE = FacetTags(state="known", values=(tag("agriculture", "ours.bees"),))
TWO = FacetTags(
    state="known", values=(tag("agriculture", "ours.bees"), tag("food", "ours.honey", review=False))
)
TORN = FacetTags(state="conflicting", rivals=(tag("agriculture", "ours.hives"),))
SURE = FacetTags(state="known", values=(tag("agriculture", "ours.bees", review=False),))


class Says:
    """Rules by heart; ``missing`` are the models whose card cannot be had."""

    def __init__(self, tags: dict[str, Tags]) -> None:
        self.tags = tags
        self.missing: set[str] = set()

    def bare(self, model_id: str) -> Tags | None:
        return None if model_id in self.missing else self.tags[model_id]

    def now(self, model_id: str) -> Tags | None:
        return self.bare(model_id)

    def bring(self, model_id: str) -> None:
        if model_id in self.missing:
            raise CurateError(f"the card of {model_id} cannot be had")


SPECIAL = tags(
    SURE,
    languages=FacetTags(state="known", values=(tag("da", "ours.danish", review=False),)),
    kinds=FacetTags(
        state="known",
        origin="derived",
        values=(
            tag("domain", "derived.domains", review=False),
            tag("language", "derived.languages", review=False),
        ),
    ),
    scope=FacetTags(
        state="known", origin="derived", values=(Tag(value="specialized", confidence=1),)
    ),
)
KNOWN = {
    "a/bee": tags(UNSURE),
    "a/honey": tags(TWO),
    "a/nest": tags(TORN),
    "a/sure": tags(SURE),
    "a/wasp": tags(UNSURE),
}


@pytest.fixture
def says() -> Says:
    return Says(dict(KNOWN))


def furnish(root: Path, says: Says) -> Catalog:
    """The catalog of what ``says`` knows, tagged by it."""
    (root / "catalog").mkdir(parents=True)
    catalog = Catalog(root / "catalog")
    for model_id, found in says.tags.items():
        inputs = Inputs(facts="sha256:" + "0" * 64)
        facts = Facts(license="mit")
        catalog.write(Record(id=model_id, facts=facts, tags=found, inputs=inputs))
    return catalog


def open_desk(catalog: Catalog, says: Says, **before: Tags) -> Desk:
    return Desk(catalog, says, by="Ada", today="2026-11-21", before=before)


Open = Callable[..., Session]


@pytest.fixture
def catalog(tmp_path: Path, says: Says) -> Catalog:
    return furnish(tmp_path, says)


@pytest.fixture
def sit(catalog: Catalog, says: Says) -> Open:
    """Open a session on all that waits."""

    def opened(**before: Tags) -> Session:
        desk = open_desk(catalog, says, **before)
        return Session(desk, desk.survey(catalog.ids()))

    return opened


@pytest.fixture
def special() -> Tags:
    """The tags of a model that serves a domain and a language."""
    return SPECIAL


@pytest.fixture(scope="session")
def furnished() -> Callable[[Path], tuple[Catalog, Session]]:
    """Furnish a folder and open a session there; for tests that need many."""

    def opened(root: Path) -> tuple[Catalog, Session]:
        says = Says(KNOWN)
        catalog = furnish(root, says)
        desk = open_desk(catalog, says)
        return catalog, Session(desk, desk.survey(catalog.ids()))

    return opened
