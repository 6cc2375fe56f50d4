"""Lists where they cost less than one call a model, and what it all costs at most."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curation.hub import plan
from curation.records import Facts

KNOWN = Facts(revision="0" * 40)
NEW = Facts()


def of(*names: str, facts: Facts = KNOWN) -> dict[str, Facts]:
    return dict.fromkeys(names, facts)


def test_an_author_with_several_models_is_read_by_lists() -> None:
    made = plan.plan(of("a/one", "a/two", "b/one"), {})
    assert (made.lists, made.alone) == ({"a": ("a/one", "a/two")}, ("b/one",))


def test_a_model_without_facts_needs_its_own_call_anyway() -> None:
    made = plan.plan({**of("a/one"), **of("a/two", facts=NEW)}, {})
    assert made.alone == ("a/one", "a/two")


def test_an_id_without_an_author_has_no_list() -> None:
    assert plan.plan(of("gpt2", "bert"), {}).alone == ("gpt2", "bert")


def test_a_model_in_trouble_is_not_looked_for_in_lists() -> None:
    made = plan.plan(of("a/one", "a/two", "a/three"), {}, {"a/two"})
    assert (made.lists, made.alone) == ({"a": ("a/one", "a/three")}, ("a/two",))


def test_a_list_that_is_known_to_be_long_is_not_worth_it() -> None:
    known = of("a/one", "a/two", "a/three")
    assert plan.plan(known, {"a": 2}).alone == ()
    assert plan.plan(known, {"a": 3}).lists == {}


def test_the_bound_counts_lists_facts_and_cards() -> None:
    made = plan.plan({**of("a/one", "a/two", "a/three"), **of("b/new", facts=NEW)}, {"a": 1})
    most = plan.bound(made, {"a": 1}, {"api": 500, "resolvers": 3000})
    assert (most.api, most.resolvers, most.minutes) == (2 + 3 + 1, 4, 5)
    assert most.likely_api is None
    likely = plan.bound(made, {"a": 1}, {"api": 2, "resolvers": 3000}, changed=0.3)
    assert (likely.likely_api, likely.likely_resolvers, likely.minutes) == (1 + 1 + 1, 2, 15)


def test_nothing_costs_nothing() -> None:
    most = plan.bound(plan.plan({}, {}), {}, plan.ANONYMOUS)
    assert (most.api, most.resolvers, most.minutes) == (0, 0, 0)


@given(st.dictionaries(st.from_regex(r"[ab]/[a-z]\Z|[c-e]\Z"), st.sampled_from([KNOWN, NEW])))
def test_every_model_is_planned_once(known: dict[str, Facts]) -> None:
    made = plan.plan(known, {"a": 3})
    listed = [name for names in made.lists.values() for name in names]
    assert sorted([*listed, *made.alone]) == sorted(known)
