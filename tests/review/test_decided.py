from __future__ import annotations

import pytest
from msgspec import structs

from curation import canonical, evidence
from curation.records import (
    Change,
    Decision,
    Evidence,
    FacetTags,
    Facts,
    Override,
    Record,
    Tag,
    Tags,
)
from curation.review import Risk, State, changes, digest, risk_of
from curation.review.decided import decided

MADE = Decision(value=("ru",), reason="the card", by="ann", on="2026-01-01")


def facet(*values: str, term: str = "t", state: str = "known") -> FacetTags:
    said = (Evidence(rule="r", signal="name", term=term, weight=1.0),)
    tags = tuple(Tag(value=value, confidence=0.9, evidence=said) for value in values)
    return FacetTags(state=state, values=tags)  # type: ignore[arg-type]


def side(
    decision: Decision | None, inferred: FacetTags | None = None, license: str = "mit"
) -> State:
    override = Override(tags={"languages": decision}) if decision else Override()
    return State(
        name="s",
        records={"o/m": Record(id="o/m", facts=Facts(license=license))},
        overrides={"o/m": override},
        inferred={"o/m": Tags(languages=inferred)} if inferred else {},
    )


def events(old: State, new: State) -> list[tuple[str, str | None]]:
    return [(one.id, one.event) for one in decided(old, new)]


def test_decisions_are_made_changed_and_withdrawn() -> None:
    other = structs.replace(MADE, value=("en",))
    assert events(side(None), side(MADE)) == [("o/m", "made")]
    assert events(side(MADE), side(other)) == [("o/m", "changed")]
    assert events(side(MADE), side(None)) == [("o/m", "withdrawn")]
    assert events(side(MADE), side(MADE)) == []


def test_a_decision_is_met_when_the_rules_come_to_say_the_same() -> None:
    new = side(MADE, facet("ru"), license="gpl-3.0")
    assert events(side(MADE, facet("en")), new) == [("o/m", "met")]
    assert events(side(MADE), new) == [("o/m", "met")]
    assert events(side(MADE, facet("ru")), new) == []
    confirmed = structs.replace(MADE, confirms=True)
    assert events(side(confirmed), side(confirmed, facet("ru"), license="gpl-3.0")) == []


def test_to_decide_that_there_is_none_is_met_by_none() -> None:
    none = structs.replace(MADE, value=())
    new = side(none, facet(), license="gpl-3.0")
    assert events(side(none, facet("en")), new) == [("o/m", "met")]
    unknown = side(none, facet(state="unknown"), license="gpl-3.0")
    assert events(side(none, facet("en")), unknown) == []


def test_a_decision_is_stale_when_what_it_judged_has_changed() -> None:
    judged = structs.replace(MADE, judged=evidence.judged(facet("en")))
    old = side(judged, facet("en"))
    assert events(old, side(judged, facet("en", term="u"), license="gpl-3.0")) == [("o/m", "stale")]
    assert events(old, side(judged, facet("en"), license="gpl-3.0")) == []
    stale_before = side(judged, facet("en", term="u"))
    assert events(stale_before, side(judged, facet("en", term="u"), license="gpl")) == []
    assert events(old, side(judged, license="gpl-3.0")) == []  # nothing tells


def test_a_decision_on_a_model_that_is_gone_is_stale() -> None:
    gone = structs.replace(side(MADE), records={})
    (change,) = decided(side(MADE), gone)
    assert (change.event, risk_of(change)) == ("stale", Risk.DOUBT)


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        ("mit", "apache-2.0", "met"),
        ("mit", "gpl-3.0", "stale"),
        ("mit", None, "stale"),
        ("mit", "mit", None),
    ],
)
def test_a_correction_is_held_against_what_the_hub_says(
    before: str, after: str | None, event: str | None
) -> None:
    fix = structs.replace(MADE, value="apache-2.0", judged=canonical.digest("mit"))
    override = {"o/m": Override(facts={"license": fix})}
    old, new = (
        State(
            name="s",
            records={"o/m": Record(id="o/m", facts=Facts(license=license, library=license))},
            overrides=override,
        )
        for license in (before, after)
    )
    assert [one.event for one in decided(old, new)] == ([event] if event else [])


def test_to_correct_a_licence_is_a_change_of_terms() -> None:
    fix = structs.replace(MADE, value="apache-2.0")
    change = Change(kind="decision", id="o/m", field="facts.license", new=fix, event="made")
    assert risk_of(change) is Risk.TERMS
    assert risk_of(structs.replace(change, field="tags.languages")) is Risk.DECISION


def test_a_decision_moves_with_the_model_that_it_is_on() -> None:
    old = side(MADE, facet("en"))
    moved = Record(id="n/m", aliases=("o/m",), facts=Facts(license="mit"))
    inferred = Tags(languages=facet("ru"))
    new = State(
        name="s",
        records={"n/m": moved},
        overrides={"n/m": old.overrides["o/m"]},
        inferred={"n/m": inferred},
    )
    assert [(one.kind, one.event) for one in changes(old, new)] == [
        ("decision", "met"),
        ("renamed", None),
    ]
    kept = structs.replace(new, inferred={})
    assert [one.kind for one in changes(old, kept)] == ["renamed"]
    assert len(digest(old, kept).notes) == 1


def test_decisions_that_nothing_tells_of_are_counted_in_a_note() -> None:
    (note,) = digest(side(MADE), side(MADE, license="gpl-3.0")).notes
    assert note.startswith("1 decision on models that changed could not be held against")
    assert digest(side(MADE), side(MADE, facet("en"), license="gpl-3.0")).notes == ()
    assert digest(side(MADE), side(MADE)).notes == ()


def test_what_a_decision_replaces_and_leaves_is_told() -> None:
    was = Record(id="o/m", tags=Tags(languages=facet("en")))
    ours = structs.replace(facet("ru"), origin="override")
    now = Record(id="o/m", tags=Tags(languages=ours))
    old = State(name="a", records={"o/m": was})
    new = State(
        name="b", records={"o/m": now}, overrides={"o/m": Override(tags={"languages": MADE})}
    )
    assert [one.kind for one in changes(old, new)] == ["decision", "tag"]
    for one, other, values in ((old, new, (["en"], ["ru"])), (new, old, (["ru"], ["en"]))):
        (section,) = digest(one, other).sections
        (item,) = section.groups[0].items
        assert (list(item.old), list(item.new)) == values
        assert item.was
        assert item.now
        assert (item.reason, item.by) == ("the card", "ann")
