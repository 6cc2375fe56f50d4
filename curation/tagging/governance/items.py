"""What calibration is fitted on: values that were on the table, and whether they are in gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from curation.records import INFERRED, SINGLE
from curation.tagging.calibration import Calibration
from curation.tagging.governance.gold import Gold, said
from curation.tagging.resolve import Candidate, Choice
from curation.tagging.score import leading
from curation.tagging.tagger import Decided


class Item(NamedTuple):
    """A value of one model: each rule's share of its log-odds, and the bias that these must pass.

    ``chosen`` says whether the value was, ``right`` whether gold has it.
    """

    model: str
    facet: str
    shares: dict[str, float]
    bias: float
    chosen: bool
    right: bool


def items(gold: Gold, decided: Decided, rules: Mapping[str, Calibration]) -> Iterator[Item]:
    """The values of one annotated model whose log-odds alone decided, disputed facets left out.

    ``rules`` are those of the decision, by facet.
    """
    for facet in INFERRED:
        if facet in gold.disputed:
            continue
        wanted, bias = said(getattr(gold, facet)), rules[facet].bias
        for candidate, chosen in _judged(facet, decided.choices[facet], bias):
            shares = leading(candidate.marks)
            yield Item(gold.id, facet, shares, bias, chosen, candidate.value in wanted)


def _judged(facet: str, choice: Choice, bias: float) -> Iterable[tuple[Candidate, bool]]:
    """Chosen values, and those that were too weak; not what a better one left no room for."""
    weak = [c for c in choice.rivals if c.log_odds <= bias]
    if facet in SINGLE:
        weak = [] if choice.chosen or len(weak) < len(choice.rivals) else weak[:1]
    return [(c, True) for c in choice.chosen] + [(c, False) for c in weak]
