from __future__ import annotations

import json

from msgspec import structs

from curation import canonical
from curation.checks import schema
from curation.digest import Digest
from curation.records import Decision, Evidence, FacetTags, Facts, Override, Record, Tag, Tags
from curation.review import State, digest
from curation.review.headlines import headline
from curation.rules import Pack, Rule
from curation.store.ledgers import Tombstone
from curation.store.settings import Settings


def facet(*values: str, rule: str = "r", weight: float = 1.0) -> FacetTags:
    said = (Evidence(rule=rule, signal="name", term="t", line=2, weight=weight),)
    tags = tuple(Tag(value=value, confidence=0.9, evidence=said) for value in values)
    return FacetTags(state="known", values=tags)


def between(old: list[Record], new: list[Record]) -> Digest:
    return digest(
        State(name="old", records={one.id: one for one in old}),
        State(name="new", records={one.id: one for one in new}),
    )


def test_what_is_told_fits_its_schema(huge: Digest, poisoned) -> None:  # type: ignore[no-untyped-def]
    for one in (huge, poisoned("text"), between([], [])):
        assert schema.fits("digest", json.loads(canonical.dumps(one)))
    assert not schema.fits("digest", {"schema_version": 1})


def test_tags_are_grouped_by_rule_and_value_the_largest_first() -> None:
    names = [f"o/m{n}" for n in range(6)]
    rules = ["few", "many", "many", "many", "many", "few"]
    values = ["en", "ru", "ru", "ru", "en", "en"]
    new = [
        Record(id=name, tags=Tags(languages=facet(value, rule=rule)))
        for name, rule, value in zip(names, rules, values, strict=True)
    ]
    (section,) = between([Record(id=name) for name in names], new).sections
    assert [(one.cause, one.value, one.count) for one in section.groups] == [
        ("many", "ru", 3),
        ("many", "en", 1),
        ("few", "en", 2),
    ]


def test_what_comes_beside_other_values_is_one_group_and_so_is_what_goes() -> None:
    old = [Record(id=f"o/m{n}", tags=Tags(domains=facet(f"d{n}"))) for n in range(3)]
    new = [Record(id=f"o/m{n}", tags=Tags(domains=facet("a", f"d{n}"))) for n in range(3)]
    (section,) = between(old, new).sections
    assert [(one.move, one.value, one.count) for one in section.groups] == [("to", "a", 3)]
    (section,) = between(new, old).sections
    assert [(one.move, one.value, one.count) for one in section.groups] == [("off", "a", 3)]


def test_values_that_stay_and_became_unsure_are_a_group_of_doubts() -> None:
    sure = facet("en")
    unsure = structs.replace(sure, values=(structs.replace(sure.values[0], review=True),))
    old, new = (Record(id="o/m", tags=Tags(languages=one)) for one in (sure, unsure))
    (section,) = between([old], [new]).sections
    assert section.risk == "doubt"
    assert [(one.move, one.value) for one in section.groups] == [("unsure", "en")]


def test_decisions_that_went_stale_are_of_no_rule() -> None:
    decision = Decision(value=("ru",), reason="r", by="ann", on="2026-01-01")
    names = ["o/m0", "o/m1"]
    override = {name: Override(tags={"languages": decision}) for name in names}
    old = State(name="a", records={n: Record(id=n) for n in names}, overrides=override)
    found = digest(old, State(name="b", overrides=override)).sections[1]
    assert [(one.cause, one.field, one.count) for one in found.groups] == [(None, None, 2)]


def test_a_flipped_scope_shows_first_what_the_rule_says_that_moved_it() -> None:
    general, special = (
        structs.replace(facet(value, rule="derived", weight=0), origin="derived")
        for value in ("general", "specialized")
    )
    old = Record(id="o/m", tags=Tags(scope=general, task=facet("t", rule="other")))
    task = facet("t", rule="others")
    new = Record(id="o/m", tags=Tags(scope=special, domains=facet("medical"), task=task))
    (section,) = [one for one in between([old], [new]).sections if one.risk == "scope"]
    (item,) = section.groups[0].items
    assert item.was
    assert item.now
    assert item.cause == "r"
    assert [(one.rule, one.value) for one in item.was.reasons] == [("derived", "general")]
    assert [(one.rule, one.value, one.only) for one in item.now.reasons] == [
        ("r", "medical", True),
        ("derived", "specialized", True),
    ]


def test_what_follows_stands_behind_what_it_follows_from() -> None:
    derived = structs.replace(facet("language:russian", weight=0), origin="derived")
    tags = Tags(languages=facet("ru", rule="z"), specialization=derived)
    (section,) = between([Record(id="o/m")], [Record(id="o/m", tags=tags)]).sections
    assert [(one.cause, one.field, one.value) for one in section.groups] == [
        ("z", "tags.languages", "ru"),
        ("z", "tags.specialization", None),
    ]


def test_evidence_that_is_new_comes_first_then_the_heaviest() -> None:
    def said(rule: str, weight: float) -> Evidence:
        return Evidence(rule=rule, signal="name", term="t", weight=weight)

    both = (said("heavy", 9.0),)
    was = FacetTags(state="known", values=(Tag(value="en", confidence=0.5, evidence=both),))
    more = Tag(value="en", confidence=0.8, evidence=(*both, said("b", 1.0), said("a", -2.0)))
    now = FacetTags(state="known", values=(more, Tag(value="ru", confidence=0.7, review=True)))
    old, new = (Record(id="o/m", tags=Tags(languages=one)) for one in (was, now))
    (section,) = between([old], [new]).sections
    standing = section.groups[0].items[0].now
    assert standing
    assert [(one.rule, one.only) for one in standing.reasons] == [
        ("a", True),
        ("b", True),
        ("heavy", False),
    ]
    assert (standing.confidence, standing.review) == (0.7, True)


def test_to_decide_that_nothing_holds_is_another_thing_of_a_facet_than_of_a_fact() -> None:
    nothing = Decision(value=(), reason="It reads any text.", by="ann", on="2026-01-01")
    decided = {"o/m": Override(tags={"domains": nothing}, facts={"license": nothing})}
    records = {"o/m": Record(id="o/m", facts=Facts(license="mit"))}
    old = State(name="old", records=records)
    found = digest(old, State(name="new", records=records, overrides=decided))
    items = {item.field: item for one in found.sections for item in one.groups[0].items}
    assert items["tags.domains"].new == ()
    assert "".join(headline(items["tags.domains"])).endswith(
        "decided, unknown → none, by ann: It reads any text."
    )
    assert items["facts.license"].new is None


def test_a_removal_says_why_if_a_tombstone_does() -> None:
    old = State(name="old", records={"o/m": Record(id="o/m", facts=Facts(license="mit"))})
    new = State(name="new", tombstones=(Tombstone(id="o/m", on="2026-01-01", reason="gone"),))
    removed, ledger = digest(old, new).sections
    (item,) = removed.groups[0].items
    assert (item.reason, item.old["license"]) == ("gone", "mit")
    assert ledger.risk == "ledger"


def test_a_pin_is_told_with_the_tags_that_its_rules_moved() -> None:
    old = State(
        name="old",
        records={"o/m": Record(id="o/m"), "o/n": Record(id="o/n")},
        settings=Settings(name="c", version="1.0.0", packs={"tasks": "0.0.1"}),
    )
    tags = Tags(task=facet("fill-mask", rule="task.declared"), subtask=facet("x", rule="other"))
    new = State(
        name="new",
        records={"o/m": Record(id="o/m", tags=tags), "o/n": Record(id="o/n", tags=tags)},
        settings=Settings(name="c", version="1.0.0", packs={"tasks": "1.0.0"}),
    )
    (rules,) = (one for one in digest(old, new).sections if one.risk == "rules")
    (item,) = rules.groups[0].items
    assert (item.id, item.old, item.new) == ("tasks", "0.0.1", "1.0.0")
    assert item.moved == {"models": 2, "tags": 2}


def test_an_edited_rule_shows_the_fields_that_differ() -> None:
    rule = Rule(id="r", why="w", places={"name": 1}, accepts=("a",), rejects=("b",))
    packs = [
        {"rules/a.toml": Pack(name="own", version="1", about="a", rule=(one,))}
        for one in (rule, structs.replace(rule, terms=("x",)))
    ]
    old, new = (State(name="s", packs=one) for one in packs)
    (item,) = digest(old, new).sections[0].groups[0].items
    assert (item.old, item.new) == ({"terms": ()}, {"terms": ("x",)})
