"""The session as a state machine: what each key writes, and that undo means undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import checks, evidence
from curation.records import Override, Tags
from curation.review.session import KEYS, Session
from curation.store import rejections
from curation.store.catalog import Catalog

Open = Callable[..., Session]
Furnished = Callable[[Path], tuple[Catalog, Session]]


class Says(Protocol):
    """What the rules say, to be changed by a test."""

    tags: dict[str, Tags]
    missing: set[str]


WHY = "Looked at the card of it."


def files(catalog: Catalog) -> dict[str, bytes]:
    """All that a session may write, and all that it may not."""
    return {
        str(path.relative_to(catalog.root)): path.read_bytes()
        for path in sorted(catalog.root.rglob("*"))
        if path.is_file()
    }


def waits(session: Session) -> list[tuple[str, str]]:
    return [(item.id, item.why) for item in session.queue]


def to(session: Session, model_id: str) -> None:
    """Put off what comes before a model."""
    while session.current and session.current.id != model_id:
        session.press("s")


def test_conflicts_come_first_and_groups_stay_together(sit: Open) -> None:
    assert waits(sit()) == [
        ("a/nest", "conflict"), ("a/bee", "unsure"), ("a/honey", "unsure"), ("a/wasp", "unsure"),
    ]  # fmt: skip


def test_to_accept_is_to_confirm_what_was_judged(sit: Open, catalog: Catalog, says: Says) -> None:
    session = sit()
    to(session, "a/bee")
    session.press("a")
    decision = catalog.override("a/bee").tags["domains"]
    assert (decision.value, decision.confirms) == (("agriculture",), True)
    assert (decision.by, decision.on) == ("Ada", "2026-11-21")
    assert decision.judged == evidence.judged(says.tags["a/bee"].domains)
    assert session.current
    assert session.current.id == "a/honey"


def test_a_conflict_has_nothing_to_accept(sit: Open, catalog: Catalog) -> None:
    session = sit()
    before = files(catalog)
    session.press("a")
    assert "c says what holds" in session.message
    assert files(catalog) == before


def test_a_change_wants_values_of_the_vocabulary_and_a_reason(sit: Open, catalog: Catalog) -> None:
    session = sit()
    session.press("c")
    assert session.asking
    assert session.asking.what == "values"
    assert {"biology", "nothing"} <= {*session.asking.offered}
    session.answer("biologie")
    assert "did you mean biology?" in session.message
    session.answer("Biology, food")
    assert session.asking.what == "reason"
    session.answer("todo")
    assert "no reason" in session.message
    session.answer(WHY)
    decision = catalog.override("a/nest").tags["domains"]
    assert (decision.value, decision.reason) == (("biology", "food"), WHY)
    assert not decision.confirms


def test_what_is_rejected_is_declined_and_taken_out(sit: Open, catalog: Catalog) -> None:
    session = sit()
    to(session, "a/honey")
    session.press("r")
    assert session.asking
    assert session.asking.offered == ("agriculture", "food")
    session.answer("honey")
    assert session.asking.what == "decline"
    session.answer("agriculture")
    assert session.message == "agriculture will be declined, and domains will be food"
    session.answer(WHY)
    decision = catalog.override("a/honey").tags["domains"]
    assert decision.value == ("food",)
    (told,) = rejections.read(catalog.root)
    assert (told.id, told.facet, told.value) == ("a/honey", "domains", "agriculture")
    assert told.judged == decision.judged


def test_a_question_can_be_taken_back(sit: Open, catalog: Catalog) -> None:
    session, before = sit(), files(catalog)
    for key, words in (("c", ""), ("c", None), ("r", ""), ("r", None)):
        session.press(key)
        session.cancel() if words is None else session.answer(words)
        assert session.asking is None
    assert files(catalog) == before


def test_a_group_is_decided_and_undone_at_once(sit: Open, catalog: Catalog) -> None:
    session, before = sit(), files(catalog)
    to(session, "a/bee")
    session.press("g")
    assert "all 3 of the group" in session.message
    session.press("r")
    session.answer(WHY)
    assert session.queue == []
    assert catalog.override("a/honey").tags["domains"].value == ("food",)
    assert catalog.override("a/wasp").tags["domains"].value == ()
    assert len(rejections.read(catalog.root)) == 3
    session.press("u")
    assert files(catalog) == before
    assert {item.id for item in session.queue} == {"a/bee", "a/honey", "a/wasp"}


def test_what_was_put_off_comes_last_the_next_time(sit: Open) -> None:
    session = sit()
    session.press("s")
    assert session.put_off == 1
    assert waits(sit())[-1] == ("a/nest", "conflict")
    session.press("u")
    assert waits(sit())[0] == ("a/nest", "conflict")


def test_what_is_decided_does_not_come_back(sit: Open) -> None:
    session = sit()
    to(session, "a/bee")
    session.press("a")
    assert "a/bee" not in dict(waits(sit()))


def test_other_evidence_brings_it_back_and_is_told(sit: Open, says: Says) -> None:
    session = sit()
    to(session, "a/bee")
    session.press("a")
    says.tags["a/bee"] = other(says.tags["a/bee"])
    again = sit()
    assert waits(again)[0] == ("a/bee", "stale")
    assert again.current
    assert again.current.changes == (
        "no more: agriculture by ours.bees, on 'bees' in title",
        "new: agriculture by ours.bees, on 'hornets' in title",
    )
    again.press("a")
    assert "a/bee" not in dict(waits(sit()))


def other(tags: Tags) -> Tags:
    """The same tags, for another word."""
    said = msgspec.json.encode(tags).replace(b'"bees"', b'"hornets"')
    return msgspec.json.decode(said, type=Tags)


def test_a_stale_decision_can_be_withdrawn(sit: Open, catalog: Catalog, says: Says) -> None:
    session = sit()
    to(session, "a/bee")
    session.press("a")
    says.tags["a/bee"] = other(says.tags["a/bee"])
    again = sit()
    again.press("r")
    assert catalog.override("a/bee") == Override()
    assert ("a/bee", "unsure") in waits(again)


def test_a_fact_that_moved_on_comes_back(sit: Open, catalog: Catalog) -> None:
    path = catalog.override_path("a/sure")
    path.parent.mkdir(parents=True)
    judged = "sha256:" + "1" * 64
    told = f'value = "apache-2.0"\nreason = "{WHY}"\nby = "me"\non = 2026-01-01\n'
    told += f'judged = "{judged}"\n'
    path.write_text(f"[facts.license]\n{told}")
    session = sit()
    assert waits(session)[0] == ("a/sure", "stale")
    assert session.current
    assert "now mit" in session.current.changes[0]
    session.press("a")
    decision = catalog.override("a/sure").facts["license"]
    assert (decision.value, decision.reason) == ("apache-2.0", WHY)
    assert "a/sure" not in dict(waits(sit()))


@pytest.mark.parametrize(
    ("value", "confirms", "told"),
    [("agriculture", "false", "the same by now"), ("food", "true", "not what holds without it")],
)
def test_a_decision_that_the_gate_holds_against_the_rules_comes_back(
    sit: Open, catalog: Catalog, value: str, confirms: str, told: str
) -> None:
    path = catalog.override_path("a/sure")
    path.parent.mkdir(parents=True)
    head = f'[tags.domains]\nvalue = ["{value}"]\nreason = "{WHY}"\nby = "me"\non = 2026-01-01\n'
    path.write_text(f"{head}confirms = {confirms}\n")
    session = sit()
    assert session.current
    assert (session.current.id, session.current.why) == ("a/sure", "stale")
    assert told in session.current.changes[0]
    session.press("a")
    assert catalog.override("a/sure").tags["domains"].confirms == (value == "agriculture")
    assert "a/sure" not in dict(waits(sit()))


def test_a_decision_that_ran_out_comes_back(sit: Open, catalog: Catalog) -> None:
    path = catalog.override_path("a/sure")
    path.parent.mkdir(parents=True)
    told = f'value = []\nreason = "{WHY}"\nby = "me"\non = 2026-01-01\nexpires = 2026-02-01\n'
    path.write_text(f"[tags.domains]\n{told}")
    session = sit()
    assert waits(session)[0] == ("a/sure", "expired")
    session.press("a")
    assert catalog.override("a/sure").tags["domains"].expires is None


def test_a_flipped_scope_is_decided_by_its_kinds(
    sit: Open, catalog: Catalog, says: Says, special: Tags
) -> None:
    general = says.tags["a/sure"]
    says.tags["a/sure"] = special
    catalog.write(msgspec.structs.replace(catalog.record("a/sure"), tags=special))
    session = sit(**{"a/sure": general})
    assert session.current
    assert (session.current.id, session.current.why) == ("a/sure", "flip")
    assert session.current.was == "general → specialized"
    assert [*session.current.behind] == ["domains", "languages"]
    session.press("r")
    session.answer("language")
    session.answer(WHY)
    decision = catalog.override("a/sure").tags["kinds"]
    assert (decision.value, decision.confirms) == (("domain",), False)
    assert "a/sure" not in dict(waits(sit(**{"a/sure": general})))
    session.press("u")
    session.press("a")
    decision = catalog.override("a/sure").tags["kinds"]
    assert (decision.value, decision.confirms) == (("domain", "language"), True)


def test_without_its_card_nothing_is_decided(sit: Open, catalog: Catalog, says: Says) -> None:
    session, before = sit(), files(catalog)
    says.missing = {"a/wasp"}
    to(session, "a/bee")
    for key in "acr":
        session.press("g")
        session.press(key)
        assert session.asking is None
        assert "the card of a/wasp" in session.message
        session.press("g")
    assert files(catalog) == before


def test_a_record_that_is_behind_its_rules_is_tagged_first(
    sit: Open, catalog: Catalog, says: Says
) -> None:
    session, before = sit(), files(catalog)
    says.tags["a/nest"] = says.tags["a/bee"]
    for key in "rc":
        session.press(key)
        assert session.asking is None
        assert "curate tag a/nest" in session.message
    assert files(catalog) == before


def test_what_changes_while_words_are_typed_is_told(
    sit: Open, catalog: Catalog, says: Says
) -> None:
    session, before = sit(), files(catalog)
    session.press("r")
    says.tags["a/nest"] = says.tags["a/bee"]
    session.answer(WHY)
    assert "curate tag a/nest" in session.message
    assert files(catalog) == before


def test_what_somebody_else_wrote_is_not_undone(sit: Open, catalog: Catalog) -> None:
    session = sit()
    to(session, "a/bee")
    session.press("a")
    path = catalog.override_path("a/bee")
    path.write_text(path.read_text() + "# mine\n")
    session.press("u")
    assert "has changed since" in session.message
    assert path.read_text().endswith("# mine\n")


@pytest.mark.parametrize("key", ["x", "\x1b[A", "é", ""])
def test_other_keys_mean_nothing(sit: Open, catalog: Catalog, key: str) -> None:
    session, before = sit(), files(catalog)
    session.press(key)
    assert "no key" in session.message
    assert files(catalog) == before


KEY = st.sampled_from([*KEYS, "x"])
WORDS = st.sampled_from(["", WHY, "todo", "biology", "nothing", "agriculture, food", "bees"])


@settings(max_examples=60)
@given(st.lists(st.tuples(KEY, WORDS), max_size=12))
def test_any_keys_can_be_undone_to_the_byte(
    furnished: Furnished, tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, str]]
) -> None:
    catalog, session = furnished(tmp_path_factory.mktemp("house"))
    (catalog.root / rejections.FILE).write_bytes(b"# mine")
    before = files(catalog)
    for key, words in moves:
        if session.asking:
            session.answer(words)
        else:
            session.press(key)
        for path, data in files(catalog).items():
            if path.startswith("overrides/") or path == rejections.FILE:
                assert checks.check_file(path, data) == []
            else:
                assert data == before[path]
    if session.asking:
        session.cancel()
    while session.message != "nothing to undo":
        session.press("u")
    assert files(catalog) == before
    assert len(session.queue) == 4
    assert not (catalog.root / "overrides" / "a").exists()
