from __future__ import annotations

import random

from msgspec import structs

from curation.records import Change, Evidence, FacetTags, Facts, Inputs, Record, Size, Tag, Tags
from curation.review import Risk, compare, risk_of


def facet(
    *values: str, rule: str = "r", weight: float = 1.0, state: str = "known", review: bool = False
) -> FacetTags:
    evidence = (Evidence(rule=rule, signal="name", term="t", line=4, weight=weight),)
    tags = tuple(
        Tag(value=value, confidence=0.9, review=review, evidence=evidence) for value in values
    )
    return FacetTags(state=state, values=tags)  # type: ignore[arg-type]


def catalog(*records: Record) -> dict[str, Record]:
    return {record.id: record for record in records}


def kinds(changes: list[Change]) -> list[tuple[str, str, str | None]]:
    return [(change.kind, change.id, change.field) for change in changes]


A = Record(id="o/a", facts=Facts(license="mit"), tags=Tags(languages=facet("en")))
B = Record(id="o/b")


def test_equal_catalogs_have_no_changes() -> None:
    assert compare(catalog(A, B), catalog(B, A)) == []


def test_models_that_came_and_went_carry_their_record() -> None:
    gone, come = compare(catalog(A), catalog(B))
    assert (gone.kind, gone.id, gone.old) == ("removed", "o/a", A)
    assert (come.kind, come.id, come.new) == ("added", "o/b", B)


def test_a_model_that_took_the_id_of_another_as_alias_was_renamed() -> None:
    moved = structs.replace(A, id="new/a", aliases=("o/a",), facts=Facts(license="gpl-3.0"))
    changes = compare(catalog(A), catalog(moved))
    assert kinds(changes) == [("fact", "new/a", "facts.license"), ("renamed", "new/a", None)]
    assert (changes[1].old, changes[1].new) == ("o/a", "new/a")


def test_an_alias_of_a_model_that_is_still_there_renames_nothing() -> None:
    thief = Record(id="x/y", aliases=("o/a",))
    assert kinds(compare(catalog(A), catalog(A, thief))) == [("added", "x/y", None)]


def test_every_field_that_changed_is_one_change() -> None:
    after = structs.replace(A, facts=Facts(license=None, revision="b" * 40), aliases=("x",))
    assert set(kinds(compare(catalog(A), catalog(after)))) == {
        ("fact", "o/a", "facts.license"),
        ("fact", "o/a", "facts.revision"),
        ("fact", "o/a", "aliases"),
    }


def moved(old: FacetTags, new: FacetTags, field: str = "languages") -> Change:
    before = structs.replace(A, tags=structs.replace(Tags(), **{field: old}))
    after = structs.replace(A, tags=structs.replace(Tags(), **{field: new}))
    (change,) = compare(catalog(before), catalog(after))
    return change


def test_a_tag_is_blamed_on_the_rule_that_speaks_most_for_what_came() -> None:
    change = moved(facet("en", rule="old", weight=9.0), facet("ru", rule="new", weight=2.0))
    assert change.cause == "new"
    assert change.old == facet("en", rule="old", weight=9.0)
    assert moved(facet("en", rule="a", weight=1), facet("en", rule="a", weight=2)).cause == "a"


def test_a_tag_that_went_is_blamed_on_what_spoke_against_it_or_fell_silent() -> None:
    kept = facet("en", rule="for")
    against = Evidence(rule="against", signal="name", term="t", weight=-3.0)
    rival = structs.replace(kept.values[0], evidence=(*kept.values[0].evidence, against))
    assert moved(kept, FacetTags(rivals=(rival,))).cause == "against"
    assert moved(kept, facet("ru", rule="o", weight=-1)).cause == "for"


def test_a_rule_that_speaks_for_another_value_than_before_is_blamed() -> None:
    assert moved(facet("en", rule="a"), facet("ru", rule="a")).cause == "a"


def test_a_rule_on_another_value_is_not_blamed() -> None:
    kept = facet("en", rule="strong", weight=9.0)
    both = structs.replace(kept, values=(*kept.values, *facet("ru", rule="weak").values))
    assert moved(kept, both).cause == "weak"


def test_a_person_is_named_before_any_rule() -> None:
    decided = structs.replace(facet("ru"), origin="override")
    assert moved(facet("en"), decided).cause == "override"
    assert moved(decided, facet("en")).cause == "override"


def test_a_facet_that_follows_is_derived() -> None:
    general = FacetTags(
        state="known", origin="derived", values=(Tag(value="general", confidence=1),)
    )
    assert moved(FacetTags(origin="derived"), general, "scope").cause == "derived"


def test_what_follows_is_laid_to_the_rule_that_moved_what_it_follows_from() -> None:
    special = structs.replace(
        facet("specialized", rule="derived.kinds", weight=0), origin="derived"
    )
    before = structs.replace(A, tags=Tags(languages=facet("en"), size_tier=facet("xlarge")))
    after = structs.replace(A, tags=Tags(languages=facet("ru", rule="ru", weight=2), scope=special))
    causes = {one.field: one.cause for one in compare(catalog(before), catalog(after))}
    assert causes["tags.languages"] == causes["tags.scope"] == "ru"
    assert causes["tags.size_tier"] == "r"


def test_without_evidence_the_inputs_that_changed_are_named() -> None:
    plain = FacetTags(state="known", values=(Tag(value="en", confidence=1),))
    before = structs.replace(A, tags=Tags(), inputs=Inputs(packs="1", card="1"))
    after = structs.replace(A, tags=Tags(languages=plain), inputs=Inputs(packs="2", card="1"))
    changes = compare(catalog(before), catalog(after))
    assert [change.cause for change in changes if change.kind == "tag"] == ["packs"]


def test_changes_come_in_the_order_of_their_risk() -> None:
    scope = structs.replace(facet("specialized"), origin="derived")
    before = catalog(
        Record(id="m/gone"),
        Record(id="m/scope", tags=Tags(scope=facet("general"))),
        Record(id="m/terms", facts=Facts(gated=False)),
        Record(id="m/torn", tags=Tags(task=facet("fill-mask"))),
        Record(id="m/unsure", tags=Tags(task=facet("fill-mask"))),
        Record(id="m/old"),
        Record(id="m/tag", tags=Tags(task=facet("fill-mask"))),
        Record(id="m/fact"),
        Record(id="m/routine"),
    )
    after = catalog(
        Record(id="m/scope", tags=Tags(scope=scope)),
        Record(id="m/terms", facts=Facts(gated="manual")),
        Record(id="m/torn", tags=Tags(task=facet(state="conflicting"))),
        Record(id="m/unsure", tags=Tags(task=facet("translation", review=True))),
        Record(id="m/new", aliases=("m/old",)),
        Record(id="m/come"),
        Record(id="m/tag", tags=Tags(task=facet("translation"))),
        Record(id="m/fact", facts=Facts(library="timm")),
        Record(id="m/routine", facts=Facts(revision="b" * 40)),
    )
    changes = compare(before, after)
    assert [(change.id, risk_of(change)) for change in changes] == [
        ("m/gone", Risk.REMOVED),
        ("m/scope", Risk.SCOPE),
        ("m/terms", Risk.TERMS),
        ("m/torn", Risk.DOUBT),
        ("m/unsure", Risk.DOUBT),
        ("m/new", Risk.RENAMED),
        ("m/come", Risk.ADDED),
        ("m/tag", Risk.TAG),
        ("m/fact", Risk.FACT),
        ("m/routine", Risk.ROUTINE),
    ]


def test_a_size_that_changed_is_a_fact() -> None:
    after = structs.replace(A, tags=structs.replace(A.tags, size=Size(bytes=5)))
    (change,) = compare(catalog(A), catalog(after))
    assert (change.field, risk_of(change)) == ("tags.size", Risk.FACT)


def test_evidence_that_moves_no_value_is_routine() -> None:
    assert risk_of(moved(facet("en", weight=1.0), facet("en", weight=2.0))) is Risk.ROUTINE


def test_the_order_does_not_depend_on_the_order_of_the_input() -> None:
    before = {f"o/{n}": Record(id=f"o/{n}") for n in range(50)}
    after = {
        name: structs.replace(record, facts=Facts(library="x", license="mit"))
        for name, record in before.items()
    }
    names = list(before)
    random.Random(1).shuffle(names)
    shuffled = {name: before[name] for name in names}
    assert compare(before, after) == compare(shuffled, after)
