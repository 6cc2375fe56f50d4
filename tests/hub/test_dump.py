"""Facts from dumps: snapshots that may be older than what we know."""

from __future__ import annotations

from typing import Any

import pytest

from curation.errors import InputError
from curation.hub import dump
from curation.hub.bulk import Row
from curation.hub.outcome import Outcome
from curation.records import Facts, File

OLD, NEW = "0" * 40, "1" * 40
KNOWN = Facts(
    source="https://hub",
    revision=OLD,
    read_at="2026-01-01T00:00:00Z",
    modified="2026-01-01T00:00:00Z",
    files=(File(path="x", size=3),),
    bytes_total=3,
)


def said(**fields: Any) -> Facts:
    return Facts(**{"source": "d.parquet", "read_at": "2026-03-03T00:00:00Z", **fields})


def one(facts: Facts, old: Facts = KNOWN, **options: Any) -> Outcome:
    row = Row("a/one", facts, "# Card\n", downloads=5, likes=2)
    (outcome,) = dump.outcomes([row], {"a/one": "a/one"}, lambda _: old, **options)
    return outcome


def facts_of(outcome: Outcome) -> Facts:
    assert outcome.answer is not None
    return outcome.answer.facts


def test_an_unsynced_model_takes_all_that_a_dump_says() -> None:
    facts = said(revision=NEW, license="mit")
    outcome = one(facts, Facts())
    assert (outcome.state, outcome.card, facts_of(outcome)) == ("refreshed", "# Card\n", facts)


def test_the_same_revision_changes_only_what_the_dump_says() -> None:
    outcome = one(said(revision=OLD, task="fill-mask", modified=KNOWN.modified))
    facts = facts_of(outcome)
    assert (facts.task, facts.bytes_total, facts.read_at) == ("fill-mask", 3, KNOWN.read_at)
    assert facts.source == KNOWN.source
    assert one(said(revision=OLD, modified=KNOWN.modified)).state == "unchanged"


@pytest.mark.parametrize("modified", [None, "2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z"])
@pytest.mark.parametrize("revision", [None, NEW])
def test_a_dump_does_not_take_us_back(revision: str | None, modified: str | None) -> None:
    outcome = one(said(revision=revision, modified=modified, license="other"))
    assert (outcome.state, outcome.card, facts_of(outcome)) == ("unchanged", None, KNOWN)


def test_a_later_revision_is_taken_with_its_card() -> None:
    outcome = one(said(revision=NEW, modified="2026-02-02T00:00:00Z"))
    assert (outcome.state, outcome.card, facts_of(outcome).revision) == (
        "refreshed",
        "# Card\n",
        NEW,
    )


def test_a_dump_without_revisions_leaves_the_revision_open() -> None:
    outcome = one(said(modified="2026-02-02T00:00:00Z", license="mit"))
    assert (facts_of(outcome).revision, facts_of(outcome).license) == (None, "mit")
    assert outcome.card is None


def test_private_and_gated_models_stay_out() -> None:
    assert one(said(revision=NEW, private=True)).state == "failed"
    assert one(said(revision=NEW, gated="auto")).state == "failed"
    assert one(said(revision=NEW, gated="auto"), Facts(), allow_gated=True).state == "refreshed"


def test_others_are_passed_over_and_aliases_lead_home() -> None:
    rows = [Row("x/y", said(revision=NEW)), Row("old", said(revision=NEW))]
    (outcome,) = dump.outcomes(rows, {"old": "new/name"}, lambda _: Facts())
    assert outcome.id == "new/name"


def test_a_record_that_cannot_be_read_fails_alone() -> None:
    def broken(_: str) -> Facts:
        raise InputError("a/one.json: not JSON")

    row = Row("a/one", said(revision=NEW))
    (outcome,) = dump.outcomes([row], {"a/one": "a/one"}, broken)
    assert (outcome.state, outcome.reason) == ("failed", "a/one.json: not JSON")
