from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from curation.tagging import Tagger, calibration
from curation.tagging.governance import regression
from curation.tagging.governance.fit import fit
from curation.tagging.governance.items import Item, items
from curation.tagging.governance.render import render

Build = Callable[..., Any]


def item(right: bool, model: str = "x/a", **shares: float) -> Item:
    return Item(model, "domains", shares, 1.0, sum(shares.values()) > 1.0, right)


def test_a_rule_that_is_often_wrong_counts_for_less() -> None:
    seen = [item(n % 2 == 0, bad=3.0) for n in range(60)] + [item(True, good=3.0)] * 60
    factors = regression.fit(seen, {"good", "bad"})
    assert factors["bad"] < 0.7
    assert factors["good"] == 1.0


def test_little_evidence_moves_little() -> None:
    factors = regression.fit([item(False, bad=3.0)], {"bad"})
    assert 0.75 < factors["bad"] < 1.0


def test_a_rule_that_may_not_move_stays() -> None:
    assert regression.fit([item(False, bad=3.0)] * 50, {"other"}) == {}


def test_factors_and_slopes_stay_within_bounds() -> None:
    wrong = [item(False, bad=5.0)] * 500
    assert regression.fit(wrong, {"bad"}) == {"bad": 0.3}
    assert regression.slopes(wrong, {}) == {"domains": 0.1}
    assert regression.slopes([item(True, good=5.0)] * 500, {}) == {"domains": 1.0}


def test_no_items_are_fitted_by_nothing() -> None:
    assert regression.fit([], {"a"}) == {}
    assert regression.slopes([], {}) == {}


def test_items_are_what_log_odds_decided(
    rule: Build, pack: Build, gold: Build, case: Build
) -> None:
    packs = [
        pack(
            rule("strong", supports="task:fill-mask"),
            rule("rival", supports="task:translation", places={"name": 1.6}),
            rule("weak", supports="domains:legal", places={"name": 0.5}),
            rule("domain"),
        )
    ]
    line = gold("x/bank", domains=("finance",), disputed=("languages",))
    decided = case(Tagger(packs), line).decided
    found = list(items(line, decided, calibration.load().facets))
    assert [(one.facet, one.shares, one.chosen, one.right) for one in found] == [
        ("task", {"strong": 2.0}, True, False),
        ("domains", {"domain": 2.0}, True, True),
        ("domains", {"weak": 0.5}, False, False),
    ]


@pytest.fixture
def fitted(
    rule: Build, pack: Build, gold: Build, case: Build
) -> Callable[[calibration.Fitted], calibration.Fitted]:
    """Fits a pack of which one rule is right and the other is not, on top of what is written."""
    packs = [pack(rule("good"), rule("bad", terms=("river",), supports="domains:legal"))]
    tagger = Tagger(packs)
    cases = [
        case(tagger, gold(f"x{n}/{name}", domains=("finance",)))
        for n in range(40)
        for name in ("bank", "river-bank")
    ]
    seen = [(one.gold, one.heard) for one in cases]
    return lambda written: fit(seen, packs, written)


def test_a_fit_is_found_again_whatever_was_fitted_before(
    fitted: Callable[[calibration.Fitted], calibration.Fitted],
) -> None:
    first = fitted(calibration.load())
    assert set(first.factors) == {"bad"}
    assert fitted(first) == first
    assert first.facets["domains"].bias == calibration.load().facets["domains"].bias


def test_where_nothing_is_sure_enough_nothing_is_accepted_unseen(
    fitted: Callable[[calibration.Fitted], calibration.Fitted],
) -> None:
    # "good" is always right, but no rule of log-odds 2 promises 98 in 100.
    assert fitted(calibration.load()).facets["domains"].accept == 1.0


def test_what_is_rendered_reads_back() -> None:
    shipped = calibration.load()
    assert calibration.decode(render(shipped).encode(), "here") == shipped
    odd = msgspec.structs.replace(shipped, factors={'a,"b"': 0.5, "a": 0.25})
    assert calibration.decode(render(odd).encode(), "here") == odd


def test_the_shipped_file_is_as_a_fit_writes_it() -> None:
    assert render(calibration.load()) == calibration.FILE.read_text(encoding="utf-8")
