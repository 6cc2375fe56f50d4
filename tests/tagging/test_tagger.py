from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.card import parse
from curation.records import FACETS, BaseModel, Decision, FacetTags, Facts, Tag, Tags
from curation.tagging import Tagger

CARD = """---
language: ru
---

# A mood reader for tweets

This model was fine-tuned on Russian tweets for sentiment analysis.

## Citation

    @article{finance, title={Legal finance in French}}
"""


@cache
def tagger() -> Tagger:
    return Tagger()


def tags(model_id: str = "acme/model", card: str | None = None, **facts: object) -> Tags:
    parsed = parse(card) if card is not None else None
    return tagger().tag(model_id, Facts(**facts), parsed)  # type: ignore[arg-type]


def values(facet: FacetTags) -> list[str]:
    return [tag.value for tag in facet.values]


def test_a_card_is_read_into_every_facet() -> None:
    found = tags(card=CARD, task="text-classification")
    assert values(found.task) == ["text-classification"]
    assert values(found.subtask) == ["sentiment-analysis"]
    assert values(found.domains) == ["social-media"]
    assert values(found.languages) == ["ru"]
    assert values(found.derivation) == ["finetuned"]
    assert values(found.kinds) == ["domain", "language", "task"]
    assert values(found.scope) == ["specialized"]


def test_every_value_explains_itself() -> None:
    found = tags(card=CARD, task="text-classification")
    facets = [getattr(found, name) for name in FACETS]
    chosen = [tag for facet in facets for tag in facet.values]
    assert chosen
    assert all(tag.evidence and 0 <= tag.confidence <= 1 for tag in chosen)
    lines = {item.line for item in found.languages.values[0].evidence if item.signal == "lead"}
    assert lines == {7}


def test_what_a_citation_says_is_no_evidence() -> None:
    found = tags(card=CARD, task="text-classification")
    assert "fr" not in values(found.languages)
    assert not {"finance", "legal"} & set(values(found.domains))


def test_nothing_known_is_unknown_and_nothing_is_defaulted() -> None:
    found = tags("acme/x1")
    assert {facet.state for facet in (found.scope, found.task, found.languages)} == {"unknown"}
    assert not any(getattr(found, name).values for name in FACETS)


def test_a_decision_replaces_a_facet_and_what_follows_from_it() -> None:
    decision = Decision(value=("de",), reason="The author says so.", by="a", on="2026-01-01")
    found = tagger().tag(
        "acme/model",
        Facts(task="text-classification"),
        parse(CARD),
        decisions={"languages": decision},
    )
    assert values(found.languages) == ["de"]
    assert found.languages.origin == "override"
    assert "language:german" in values(found.specialization)


def test_nothing_tells_of_kinds_where_nothing_tells_of_scope() -> None:
    found = tagger().tag("acme/model", Facts(), None)
    assert [found.scope.state, found.kinds.state, found.specialization.state] == ["unknown"] * 3


def test_to_decide_that_no_kind_holds_is_to_say_that_the_model_is_general() -> None:
    none = Decision(value=(), reason="The author says so.", by="a", on="2026-01-01")
    found = tagger().tag("acme/model", Facts(), None, decisions={"kinds": none})
    assert values(found.scope) == ["general"]
    assert (found.kinds.state, found.subtask.state) == ("known", "known")


def test_a_model_inherits_the_language_of_its_base() -> None:
    parent = Tags(
        languages=FacetTags(state="known", values=(Tag(value="fi", confidence=1.0),)),
    )
    facts = Facts(task="fill-mask", base_models=(BaseModel(id="acme/base"),))
    orphan = tagger().tag("acme/child", facts, None)
    child = tagger().tag("acme/child", facts, None, family={"acme/base": parent})
    assert values(orphan.languages) == []
    assert values(child.languages) == ["fi"]


def test_the_order_of_facts_does_not_matter() -> None:
    names = ("gguf", "text-generation", "de", "en", "finance")
    one = tags(tags=names, languages=("de", "en"))
    two = tags(tags=tuple(reversed(names)), languages=("en", "de"))
    assert _bare(one) == _bare(two)


def _bare(found: Tags) -> dict[str, list[str]]:
    return {name: values(getattr(found, name)) for name in FACETS}


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=300),
    st.lists(st.text(max_size=20), max_size=8),
    st.text(max_size=20),
)
def test_no_text_breaks_it(text: str, names: list[str], task: str) -> None:
    found = tags(card=text, tags=tuple(names), task=task, datasets=tuple(names))
    again = tags(card=text, tags=tuple(names), task=task, datasets=tuple(names))
    assert msgspec.json.encode(found) == msgspec.json.encode(again)


@pytest.mark.parametrize(
    ("relation", "derivation"),
    [
        ("finetune", "finetuned"),
        ("quantized", "quantized"),
        ("adapter", "adapter"),
        ("merge", "merged"),
    ],
)
def test_a_stated_relation_says_how_a_model_was_made(relation: Any, derivation: str) -> None:
    facts = Facts(base_models=(BaseModel(id="acme/encoder", relation=relation),))
    (tag,) = tagger().tag("acme/x", facts, None).derivation.values
    assert tag.value == derivation


@pytest.mark.parametrize(("name", "doubted"), [("acme/sentiment", False), ("acme/x", True)])
def test_what_rests_on_a_doubtful_value_is_doubtful(name: str, doubted: bool) -> None:
    facts = Facts(task="text-classification", tags=("sentiment",) if doubted else ())
    tags = tagger().tag(name, facts, None)
    for facet in (tags.subtask, tags.kinds, tags.scope):
        assert [tag.review for tag in facet.values] == [doubted]


def test_a_platform_that_a_card_merely_tells_of_is_no_kind() -> None:
    facts = Facts(task="text-generation", languages=("en",))
    told = parse("# Acme\n\nIt answers letters.\n\n## Use\n\nIt runs on mobile phones.\n")
    tags = tagger().tag("acme/letters", facts, told)
    assert [tag.value for tag in tags.platforms.values] == ["mobile"]
    assert "platform" not in [tag.value for tag in tags.kinds.values]
    made = tagger().tag("acme/letters-tflite", facts, told)
    assert "platform" in [tag.value for tag in made.kinds.values]


def test_a_subtask_of_one_task_tells_the_task() -> None:
    tags = tagger().tag("acme/letters-table-detection", Facts(), None)
    (task,) = tags.task.values
    assert tags.subtask.values[0].value == "table-detection"
    assert (task.value, task.evidence[0].rule) == ("object-detection", "task.subtask")
