"""What a rule is worth: which annotated fields become right or wrong without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from curation.rules import Pack
from curation.tagging.calibration import Fitted
from curation.tagging.collect import Collector
from curation.tagging.governance.cases import Case, values, votes, wrong
from curation.tagging.rulebook import VOID, target
from curation.tagging.tagger import Decided, Heard, Tagger


class Worth(NamedTuple):
    """Fields that are right because of a rule, wrong because of it, and moved by it at all."""

    helps: int
    harms: int
    moves: int


NONE = Worth(0, 0, 0)


def worth(
    cases: Iterable[Case], packs: Sequence[Pack], fitted: Fitted | None = None
) -> dict[str, Worth]:
    """The worth of every rule that fires on ``cases``.

    Each model is decided again from what was found in it, but for the marks of the rule. Only
    what a rule voids is looked for anew.
    """
    tagger = Tagger(packs, fitted)
    found: dict[str, Worth] = defaultdict(lambda: NONE)
    lesser: dict[str, Tagger] = {}
    for case in cases:
        before = values(tagger.judge(case.heard, case.decided))
        mistakes = wrong(before, case.gold)
        for rule, voids in _rules(case.decided).items():
            heard = case.heard
            if voids:
                if rule not in lesser:
                    lesser[rule] = Tagger(_without(rule, packs), fitted)
                heard = _heard_again(heard, lesser[rule])
            after = values(tagger.judge(heard, tagger.decide(heard, {rule})))
            then = wrong(after, case.gold)
            helps, harms, moves = found[rule]
            found[rule] = Worth(
                helps + len(then - mistakes),
                harms + len(mistakes - then),
                moves + sum(before[name] != after[name] for name in before),
            )
    return dict(found)


def _rules(decided: Decided) -> dict[str, bool]:
    """The rules that said something, and whether they void what others say."""
    cues: dict[str, bool] = {}
    for vote in votes(decided):
        for rule in vote.by_rule:
            cues[rule] = cues.get(rule, False) or (vote.facet, vote.value) == target(VOID)
    return cues


def _without(rule_id: str, packs: Iterable[Pack]) -> list[Pack]:
    return [
        msgspec.structs.replace(pack, rule=tuple(rule for rule in pack.rule if rule.id != rule_id))
        for pack in packs
    ]


def _heard_again(heard: Heard, tagger: Tagger) -> Heard:
    return heard._replace(found=Collector(tagger.book).find(heard.lines, heard.regions))
