"""Bulk files of models, in any column shape that is about."""

from curation.hub.bulk.reading import read
from curation.hub.bulk.rows import Row, RowError

__all__ = ["Row", "RowError", "read"]
