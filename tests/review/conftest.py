"""States for the formats to tell: hostile ones, huge ones, and one of every kind of change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec import structs

from curation.digest import Digest
from curation.records import (
    BaseModel,
    Decision,
    Evidence,
    FacetTags,
    Facts,
    Override,
    Record,
    Tag,
    Tags,
)
from curation.review import State, digest
from curation.rules import Pack, Rule
from curation.store.ledgers import Rejection, Tombstone, Waiver
from curation.store.popularity import Popularity
from curation.store.settings import Settings

#: Makes the digest of a change in which every text that is not ours is the given one.
Poisoned = Callable[[str], Digest]


def facet(value: str, text: str, weight: float = 2.0) -> FacetTags:
    evidence = Evidence(rule=text, signal=text, term=text, line=3, weight=weight)
    rival = Tag(value=text, confidence=0.3, evidence=(evidence,))
    return FacetTags(
        state="known",
        values=(Tag(value=value, confidence=0.9, evidence=(evidence,)),),
        rivals=(rival,),
    )


def model(model_id: str, text: str, value: str) -> Record:
    return Record(
        id=model_id,
        aliases=(text,),
        facts=Facts(
            license=text,
            library=text,
            languages=(text, value),
            base_models=(BaseModel(id=text),),
            tags=(text,),
        ),
        tags=Tags(scope=facet(value, text), languages=facet(value, text), task=facet(text, text)),
    )


def side(name: str, text: str, other: str) -> State:
    rule = Rule(
        id=text, why=text, places={text: 1.0}, supports=other, accepts=("a",), rejects=("b",)
    )
    pack = Pack(name="own", version="1.0.0", about=text, rule=(rule,), disable=(text + other,))
    decision = Decision(value=(text, other), reason=text + other, by=text, on="2026-01-01")
    return State(
        name=name,
        records={
            text: model(text, text, other),
            "o/both": model("o/both", text + other, other),
            other: model(other, text, other),
        },
        overrides={
            "o/both": Override(
                tags={"domains": decision},
                facts={"license": structs.replace(decision, value=text + other)},
            )
        },
        settings=Settings(name="c", version="1.0.0", packs={text: f"{text} {other}"}),
        packs={text: pack},
        tombstones=(Tombstone(id=text, on="2026-01-01", reason=text + other, successor=text),),
        rejections=(
            Rejection(
                id=text, facet=text, value=text, reason=text + other, by=text, on="2026-01-01"
            ),
        ),
        waivers=(
            Waiver(code=text, path=text, owner=text, reason=text + other, expires="2026-01-01"),
        ),
        popularity={text: Popularity(likes=len(other))},
    )


@pytest.fixture(scope="session")
def poisoned() -> Poisoned:
    """See ``Poisoned``: models that went, came and changed, decisions, rules, pins, ledgers."""

    def make(text: str) -> Digest:
        return digest(side(text, text, "a"), side(text, f"{text} ", "b"))

    return make


@pytest.fixture(scope="session")
def huge() -> Digest:
    """A digest of 2,000 models, of which some went, some came, and most changed their tags."""
    return crowd(2_000)


@pytest.fixture(scope="session")
def crowded() -> Digest:
    """As ``huge``, of 200 models."""
    return crowd(200)


def crowd(count: int) -> Digest:
    old = {f"o/m{n:04}": model(f"o/m{n:04}", "x" * 80, "en") for n in range(count)}
    new = {
        name: structs.replace(model(name, "y" * 80, f"v{number % 90}"), aliases=one.aliases)
        for number, (name, one) in enumerate(old.items())
        if number % 10
    }
    new |= {f"n/m{n:04}": Record(id=f"n/m{n:04}") for n in range(count // 10)}
    return digest(State(name="old", records=old), State(name="new", records=new))
