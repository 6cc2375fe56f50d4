"""JSON Schemas of the catalog's files, made from the frozen types and the vocabularies.

``scripts/build_schemas.py`` writes them to ``schemas/``; nothing else needs this room at run time.
"""

from curation.shapes.build import schema as schema
from curation.shapes.kinds import KINDS as KINDS
from curation.shapes.kinds import Kind as Kind
