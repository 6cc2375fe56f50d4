"""Advice on the models of a release: what fits a need, what size costs, who makes up a team."""

from curation.advise.match import Answer, match
from curation.advise.wishes import Wishes, wishes

__all__ = ["Answer", "Wishes", "match", "wishes"]
