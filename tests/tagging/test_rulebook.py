"""What a rule can ask for, on small packs of its own."""

from __future__ import annotations

from typing import Any

import pytest

from curation.card import parse
from curation.errors import InputError
from curation.rules import Pack, Rule
from curation.tagging.collect import Collector, said
from curation.tagging.marks import Mark, by_value
from curation.tagging.places import Regions
from curation.tagging.rulebook import Rulebook
from curation.tagging.score import log_odds

TEXT = {"lead": 1.0, "prose": 1.0, "link": 0.5, "void": -1.0}


def rule(**fields: Any) -> Rule:
    known: dict[str, Any] = {
        "id": "r",
        "why": "Because.",
        "places": {"name": 2.0, "tag": 1.0},
        "supports": "domains:finance",
        "terms": ("bank",),
        "accepts": (),
        "rejects": (),
    }
    return Rule(**(known | fields))


def heard(*rules: Rule, lines: tuple[tuple[str, str], ...] = (), card: str = "") -> list[Mark]:
    book = Rulebook([Pack(name="p", version="1.0.0", about="Tests.", rule=rules)])
    regions = Regions(parse(card)) if card else None
    found = Collector(book).find(list(lines), regions)
    return by_value(said(book.late, found)["domains"]).get("finance", [])


def test_a_rule_speaks_where_it_looks() -> None:
    assert [m.weight for m in heard(rule(), lines=(("name", "my-bank-7b"), ("tag", "bank")))] == [
        2.0,
        1.0,
    ]
    assert heard(rule(), lines=(("library", "bank"),)) == []


def test_what_looks_at_the_name_looks_at_its_capitals() -> None:
    assert len(heard(rule(), lines=(("camel", "My Bank"),))) == 1
    aside = rule(places={"name": 2.0, "camel": 0.0})
    assert heard(aside, lines=(("camel", "My Bank"),)) == []


def test_a_term_may_be_open_at_an_end() -> None:
    lines = (("name", "jakebank"), ("tag", "banking"))
    assert heard(rule(), lines=lines) == []
    assert len(heard(rule(terms=("*bank",)), lines=lines)) == 1
    assert len(heard(rule(terms=("*bank*",)), lines=lines)) == 2


@pytest.mark.parametrize(
    ("asked", "lines", "speaks"),
    [
        ({"when": ("tag: money",)}, (("tag", "money"),), True),
        ({"when": ("tag: money",)}, (), False),
        ({"when": ("meta: money",)}, (("dataset", "money"),), True),
        ({"when": ("tag: money & tag: gold",)}, (("tag", "money"),), False),
        ({"when": ("tag: money & meta: gold",)}, (("tag", "money"), ("base", "gold")), True),
        ({"when": ("tag: a & tag: b", "tag: money")}, (("tag", "money"),), True),
        ({"unless": ("tag: river",)}, (("tag", "river"),), False),
        ({"unless": ("tag: river",)}, (), True),
    ],
)
def test_a_rule_may_ask_for_other_hits(
    asked: dict[str, Any], lines: tuple[tuple[str, str], ...], speaks: bool
) -> None:
    assert bool(heard(rule(**asked), lines=(("name", "bank"), *lines))) is speaks


def test_the_target_of_a_link_is_no_word_of_the_sentence() -> None:
    here = rule(places=TEXT)
    marks = heard(here, card="It was made by [us](https://bank.example) for everyone there is.")
    assert [m.evidence.signal for m in marks] == ["link"]


def test_a_cue_voids_the_rest_of_its_sentence_only() -> None:
    cue = rule(id="cue", places={"lead": 1.0}, supports="mark:void", terms=("unlike",))
    card = "A model of rivers, unlike the one of the bank. It knows a bank when it sees one."
    marks = heard(cue, rule(places=TEXT), card=card)
    assert sorted(m.evidence.signal for m in marks) == ["lead", "void"]


def test_a_longer_term_stands_in_for_what_is_inside_it() -> None:
    nested = rule(
        supports=(), terms=(), map={"bank": "domains:finance", "river bank": "domains:geospatial"}
    )
    assert heard(nested, lines=(("name", "river-bank"),)) == []
    assert len(heard(nested, lines=(("name", "bank"),))) == 1


def test_rules_of_one_witness_are_one_source() -> None:
    alone = [rule(id="a"), rule(id="b", terms=("bank", "money"))]
    together = [rule(id="a", witness="w"), rule(id="b", terms=("bank", "money"), witness="w")]
    lines = (("name", "bank"),)
    assert log_odds(heard(*alone, lines=lines)) == pytest.approx(4.0)
    assert log_odds(heard(*together, lines=lines)) == pytest.approx(2.5)


def test_factors_scale_what_a_rule_says() -> None:
    pack = Pack(name="p", version="1.0.0", about="Tests.", rule=(rule(),))
    book = Rulebook([pack], {"r": 0.5})
    found = Collector(book).find([("name", "bank")], None)
    assert [one.mark.weight for one in said(book.late, found)["domains"]] == [1.0]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"places": "nowhere"}, "no profile 'nowhere'"),
        ({"places": {"attic": 1.0}}, "no such place"),
        ({"when": ("attic: money",)}, "not a condition"),
        ({"unless": ("money",)}, "not a condition"),
        ({"source": "gossip"}, "no table"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        heard(rule(**fields))


def test_two_rules_of_one_id_are_refused() -> None:
    with pytest.raises(InputError, match="r is defined twice"):
        heard(rule(), rule())


def test_rules_of_a_pack_share_conditions_by_name() -> None:
    asking = rule(when=("@ours",), unless=("@theirs", "tag: river"))
    named = {"ours": ("tag: money",), "theirs": ("org: acme", "tag: blood")}
    pack = Pack(name="p", version="1.0.0", about="Tests.", conditions=named, rule=(asking,))
    book = Rulebook([pack])
    collector = Collector(book)

    def holds(*lines: tuple[str, str]) -> bool:
        return bool(said(book.late, collector.find([("name", "bank"), *lines], None)))

    assert holds(("tag", "money"))
    assert not holds()
    assert not holds(("tag", "money"), ("tag", "blood"))
    assert not holds(("tag", "money"), ("tag", "river"))


def test_conditions_that_the_pack_does_not_name_are_refused() -> None:
    with pytest.raises(InputError, match="rule r: no conditions 'theirs'"):
        heard(rule(unless=("@theirs",)))
