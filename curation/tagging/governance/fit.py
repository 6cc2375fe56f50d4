"""Fit the calibration to annotated models: factors of rules, slopes of facets, acceptance.

Only annotated models, the packs and what is written by hand in the calibration count: what an
earlier fit came to does not. The bias of a facet stays as written: it decides what is chosen, and
to fit it to probabilities makes worse choices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from curation import terms
from curation.records import SINGLE
from curation.rules import Pack, Rule
from curation.tagging.calibration import Calibration, Fitted
from curation.tagging.governance import regression
from curation.tagging.governance.gold import Gold
from curation.tagging.governance.items import Item, items
from curation.tagging.governance.regression import Numbers
from curation.tagging.rulebook import target
from curation.tagging.score import probability
from curation.tagging.tagger import Heard, Tagger

#: The share of accepted values that is to be right.
_PRECISION = 0.98
#: Models are held out in so many parts, to see how sure one can be of unseen ones.
_PARTS = 5
#: A factor nearer to 1 than this is not worth a line.
_NOTABLE = 0.1
_DIGITS = 2

Annotated = Sequence[tuple[Gold, Heard]]


def fit(annotated: Annotated, packs: Sequence[Pack], written: Fitted) -> Fitted:
    """The calibration that fits ``annotated``; all but what is fitted is as in ``written``."""
    movable = {rule.id for pack in packs for rule in pack.rule if not _competes(rule)}
    seen = _items(annotated, packs, msgspec.structs.replace(written, factors={}))
    weighed = msgspec.structs.replace(written, factors=_notable(regression.fit(seen, movable)))
    slopes = regression.slopes(_chosen(_items(annotated, packs, weighed)), {})
    accept = round(_threshold(_held_out(seen, movable)), _DIGITS)
    facets = {
        facet: _fitted(rules, slopes.get(facet, 1.0), accept)
        for facet, rules in written.facets.items()
    }
    general = _general(annotated, Tagger(packs, weighed))
    return msgspec.structs.replace(weighed, facets=facets, general=general)


def _general(annotated: Annotated, tagger: Tagger) -> float:
    """The share of models that are general among those that nothing narrows, a half if none is.

    Laplace's rule of succession: two more models, one of them right.
    """
    right = [
        gold.scope == "general"
        for gold, heard in annotated
        for scope in tagger.judge(heard, tagger.decide(heard)).scope.values
        if scope.value == "general"
    ]
    return round((sum(right) + 1) / (len(right) + 2), _DIGITS)


def _competes(rule: Rule) -> bool:
    """Whether a rule supports values of which only one can be.

    Their weights are set against each other, and one of them cannot be judged on its own.
    """
    targets = (text for _, found in terms.entries(rule) for text in found)
    return any(target(text)[0] in SINGLE for text in targets)


def _items(annotated: Annotated, packs: Sequence[Pack], fitted: Fitted) -> list[Item]:
    tagger = Tagger(packs, fitted)
    decided = ((gold, tagger.decide(heard)) for gold, heard in annotated)
    return [item for gold, found in decided for item in items(gold, found, fitted.facets)]


def _chosen(found: Iterable[Item]) -> list[Item]:
    return [item for item in found if item.chosen]


def _notable(factors: Numbers) -> Numbers:
    rounded = ((rule, round(factor, _DIGITS)) for rule, factor in sorted(factors.items()))
    return {rule: factor for rule, factor in rounded if abs(factor - 1) >= _NOTABLE}


def _fitted(rules: Calibration, slope: float, accept: float) -> Calibration:
    return msgspec.structs.replace(rules, slope=round(slope, _DIGITS), accept=accept)


def _held_out(seen: Sequence[Item], movable: Collection[str]) -> list[tuple[float, bool]]:
    """The probability of every chosen value by a fit that did not see its model."""
    parts = {model: n % _PARTS for n, model in enumerate(dict.fromkeys(i.model for i in seen))}
    found = []
    for part in range(_PARTS):
        others = [item for item in seen if parts[item.model] != part]
        factors = regression.fit(others, movable)
        slopes = regression.slopes(_chosen(others), factors)
        for item in _chosen(item for item in seen if parts[item.model] == part):
            log_odds = slopes.get(item.facet, 1.0) * regression.lead(item, factors)
            found.append((probability(log_odds), item.right))
    return found


def _threshold(guesses: Iterable[tuple[float, bool]]) -> float:
    """The lowest probability above which enough guesses are right, and said to be."""
    right, said, lowest = 0, 0.0, 1.0
    for count, (sure, is_right) in enumerate(sorted(guesses, reverse=True), 1):
        right, said = right + is_right, said + sure
        if min(right, said) >= _PRECISION * count:
            lowest = sure
    return lowest
