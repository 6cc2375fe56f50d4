"""Stage: facts and card in, tags with evidence out."""

from curation.tagging.tagger import Tagger

__all__ = ["Tagger"]
