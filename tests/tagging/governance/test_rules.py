"""Every stock rule carries cases that it must accept and reject; here they run."""

from __future__ import annotations

from functools import cache

import pytest

from curation import packs, terms
from curation.rules import Pack, Rule
from curation.tagging.governance import examples

RULES = [(pack, rule) for pack in packs.stock() for rule in pack.rule]


@cache
def whole() -> examples.Bench:
    return examples.Bench(packs.stock())


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_a_rule_does_what_it_says_alone_and_among_all(pack: Pack, rule: Rule) -> None:
    assert list(examples.failures(pack, rule, whole())) == []


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_a_rule_looks_somewhere_and_says_why(pack: Pack, rule: Rule) -> None:
    assert terms.weights(rule, pack)
    assert rule.why.endswith(".")
