"""Advice on the models of a release: what fits a need, what size costs, who makes up a team."""

from curation.advise.match import Answer, match
from curation.advise.population import population
from curation.advise.team import Plan, team
from curation.advise.tradeoff import Tradeoff, tradeoff
from curation.advise.wishes import Wishes, wishes

__all__ = [
    "Answer", "Plan", "Tradeoff", "Wishes", "match", "population", "team", "tradeoff", "wishes",
]  # fmt: skip
