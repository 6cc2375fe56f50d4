"""Every clause of the policy, met and not, allowed and not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec import structs

from curation.records import (
    Change,
    FacetTags,
    Facts,
    Finding,
    Record,
    Severity,
    Tag,
    Tags,
)
from curation.review import compare
from curation.review.policy import CLAUSES, Proposal, clauses, may_merge
from curation.review.verdict import level, lines, markdown, outputs
from curation.store.settings import Merge
from curation.verdict import Clause, Verdict


def tags(*values: tuple[str, float], state: str = "known") -> FacetTags:
    found = tuple(Tag(value=value, confidence=confidence) for value, confidence in values)
    return FacetTags(state=state, values=found)  # type: ignore[arg-type]


EN, RU = tags(("en", 0.9)), tags(("ru", 0.9))
A = Record(id="o/a", facts=Facts(license="mit", gated=False), tags=Tags(languages=EN))
NOTHING = Proposal(changes=(), models=100, by_hand=(), findings=())


def moved(before: Record | None, after: Record | None) -> Proposal:
    """A proposal that makes one record into another, or makes it come or go."""
    old, new = ({one.id: one} if one else {} for one in (before, after))
    return NOTHING._replace(changes=compare(old, new))


def facts(**fields: object) -> Proposal:
    return moved(A, structs.replace(A, facts=structs.replace(A.facts, **fields)))


def tagged(before: FacetTags, after: FacetTags, facet: str = "languages") -> Proposal:
    old, new = (Record(id="o/a", tags=Tags(**{facet: one})) for one in (before, after))
    return moved(old, new)


def found(severity: Severity) -> Proposal:
    finding = Finding(code="CUR101", severity=severity, path="models/o/a.json", message="m")
    return NOTHING._replace(findings=(finding,))


def failing(proposal: Proposal, merge: Merge | None = None) -> list[str]:
    return [one.name for one in clauses(proposal, merge or Merge()) if not one.met]


def the(name: str, proposal: Proposal, merge: Merge | None = None) -> Clause:
    return next(one for one in clauses(proposal, merge or Merge()) if one.name == name)


def test_a_change_of_nothing_meets_every_clause() -> None:
    judged = clauses(NOTHING, Merge())
    assert len(judged) == len(CLAUSES) == 11
    assert may_merge(judged)
    assert all(one.reason and not one.ids for one in judged)


ASKING = {
    "removals": moved(A, None),
    "renames": moved(A, Record(id="o/b", aliases=("o/a",), facts=A.facts, tags=A.tags)),
    "additions": moved(None, A),
    "scope": tagged(tags(("general", 0.9)), tags(("specialized", 0.9)), "scope"),
    "license": facts(license="gpl-3.0"),
    "conflicts": tagged(EN, tags(state="conflicting")),
}


@pytest.mark.parametrize("name", ASKING)
def test_one_clause_asks_and_a_setting_lets_it_through(name: str) -> None:
    wide = Merge(most_churn=1.0)
    assert failing(ASKING[name], wide) == [name]
    asked = the(name, ASKING[name], wide)
    assert asked.ids == ("o/b",) if name == "renames" else ("o/a",)
    granted = the(name, ASKING[name], structs.replace(wide, **{name: True}))
    assert granted.met
    assert granted.allowed
    assert granted.ids == asked.ids
    assert failing(ASKING[name], structs.replace(wide, **{name: True})) == []


@pytest.mark.parametrize(
    "proposal", [facts(gated="auto"), facts(private=True), facts(license=None, gated=None)]
)
def test_who_may_see_a_model_is_access(proposal: Proposal) -> None:
    assert "access" in failing(proposal)
    assert the("access", proposal, Merge(access=True)).allowed


@pytest.mark.parametrize("closed", [Facts(gated="manual"), Facts(private=True)])
def test_a_closed_model_does_not_come_in_with_leave_to_add(closed: Facts) -> None:
    assert failing(moved(None, Record(id="o/a", facts=closed)), Merge(additions=True)) == ["access"]


def test_an_open_model_may_come_with_leave_to_add() -> None:
    assert failing(moved(None, A), Merge(additions=True)) == []


def test_a_model_that_nobody_can_have_any_more_asks() -> None:
    lost = Change(kind="fact", id="o/a", field="trouble", new="unreachable")
    assert failing(NOTHING._replace(changes=[lost])) == ["access"]


def test_a_stale_decision_asks() -> None:
    stale = Change(kind="decision", id="o/a", field="tags.task", event="stale")
    met = structs.replace(stale, event="met")
    assert failing(NOTHING._replace(changes=[stale])) == ["conflicts"]
    assert failing(NOTHING._replace(changes=[met])) == []


@pytest.mark.parametrize(
    ("before", "after", "asks"),
    [
        (EN, tags(("en", 0.9), ("ru", 0.6)), True),
        (EN, tags(("en", 0.9), ("ru", 0.75)), False),
        (EN, tags(("en", 0.74)), True),
        (tags(("en", 0.7)), tags(("en", 0.6)), False),
        (tags(("en", 0.6)), EN, False),
        (FacetTags(), tags(("ru", 0.5)), True),
    ],
)
def test_a_tag_that_comes_or_falls_under_the_least_confidence_asks(
    before: FacetTags, after: FacetTags, asks: bool
) -> None:
    assert ("confidence" in failing(tagged(before, after), Merge(most_churn=1.0))) is asks


def test_the_least_confidence_is_a_setting_and_the_lowest_is_told() -> None:
    proposal = tagged(FacetTags(), tags(("ru", 0.6), ("en", 0.55)))
    assert the("confidence", proposal).reason == "2 new tags under 0.75, the lowest at 0.55"
    assert the("confidence", proposal, Merge(least_confidence=0.5)).met


def test_tags_of_a_model_that_comes_are_new() -> None:
    came = moved(None, Record(id="o/a", tags=Tags(languages=tags(("en", 0.6)))))
    assert failing(came, Merge(additions=True)) == ["confidence"]


@pytest.mark.parametrize(("count", "asks"), [(5, False), (6, True)])
def test_churn_is_a_share_of_the_models_before(count: int, asks: bool) -> None:
    ids = [f"o/{number}" for number in range(count)]
    old = {name: Record(id=name, tags=Tags(languages=EN)) for name in ids}
    new = {name: Record(id=name, tags=Tags(languages=RU)) for name in ids}
    proposal = NOTHING._replace(changes=compare(old, new))
    assert failing(proposal) == (["churn"] if asks else [])
    assert the("churn", proposal).reason.startswith(f"the tags of {count} of 100 models changed")


def test_new_evidence_for_the_same_value_is_no_churn() -> None:
    proposal = tagged(EN, tags(("en", 0.95)))
    assert proposal.changes
    assert failing(proposal, Merge(most_churn=0)) == []


def test_an_empty_catalog_has_no_churn() -> None:
    assert failing(NOTHING._replace(models=0)) == []


@pytest.mark.parametrize("merge", [Merge(), Merge(removals=True, scope=True, most_churn=1)])
def test_files_that_people_write_always_ask(merge: Merge) -> None:
    proposal = NOTHING._replace(by_hand=("catalog/catalog.toml",))
    assert failing(proposal, merge) == ["files"]


def test_an_error_of_the_gates_always_asks_and_a_warning_does_not() -> None:
    assert failing(found("error")) == ["gates"]
    assert the("gates", found("error")).ids == ("CUR101 models/o/a.json",)
    assert failing(found("warning")) == []


def verdict(proposal: Proposal) -> Verdict:
    judged = clauses(proposal, Merge())
    met = may_merge(judged)
    risk = level(proposal.changes)
    return Verdict(
        base="main", head="HEAD", gates="HEAD", met=met, risk=risk, clauses=tuple(judged)
    )


def test_in_words_each_clause_has_a_line_and_names_three() -> None:
    removed = [Change(kind="removed", id=f"o/{number}") for number in range(9)]
    told = [line.text for line in lines(verdict(NOTHING._replace(changes=removed)))]
    assert told[0] == "main → HEAD: needs a person"
    assert told[1] == "  not met  removals    9 models removed: o/0, o/1, o/2, and 6 more"
    assert len(told) == 2 + len(CLAUSES)


def hostile() -> Sequence[str]:
    return [
        "catalog/@all #1 `` ![x](https://e.org/b.png) | <script>",
        "b\n# c",
        "\u202e",
        "d" * 9999,
    ]


def test_in_markdown_a_name_stays_in_its_code_span_and_the_size_is_bounded() -> None:
    told = markdown(verdict(NOTHING._replace(by_hand=[*hostile()])))
    assert "```catalog/@all #1 `` ![x]" in told
    assert "\n# c" not in told
    assert "\u202e" not in told
    assert len(told.encode()) < 6_000


def test_in_markdown_a_verdict_that_is_met_is_one_line() -> None:
    assert markdown(verdict(NOTHING)) == (
        "**May merge by itself**: all of the policy's 11 clauses are met.\n"
    )


@pytest.mark.parametrize(
    ("proposal", "told"),
    [
        (NOTHING, "met=true\nrisk=no\n"),
        (facts(revision="b" * 40), "met=true\nrisk=no\n"),
        (facts(library="x"), "met=true\nrisk=some\n"),
        (moved(A, None), "met=false\nrisk=high\n"),
    ],
)
def test_as_outputs_of_a_step_the_answer_and_the_risk_are_told(
    proposal: Proposal, told: str
) -> None:
    assert outputs(verdict(proposal)) == told
