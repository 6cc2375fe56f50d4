"""``curate explain``: show why a model has the tags it has."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curation import roots
from curation.cli.output import Output
from curation.errors import InputError

if TYPE_CHECKING:
    from curation.records import Tags

HELP = "show why a model has the tags it has"
EXAMPLE = """
curate explain ProsusAI/finbert
curate explain ProsusAI/finbert --from models.parquet
curate explain ProsusAI/finbert --why-not medical
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument("id", metavar="ID", help="the model")
    parser.add_argument(
        "--from", dest="sources", nargs="+", type=Path, metavar="FILE", help="bulk files to look in"
    )
    parser.add_argument("--why-not", metavar="VALUE", help="what kept this value out")


def run(options: argparse.Namespace, out: Output) -> int:
    """Explain one model of the catalog, or of a bulk file."""
    from curation import packs
    from curation.tagging.explain import explain
    from curation.tagging.why_not import why_not

    find = _of_bulk if options.sources else _of_catalog
    tags, card = find(options)
    if options.why_not:
        lines = why_not(options.why_not, tags, packs.stock())
        out.data({"id": options.id, "value": options.why_not, "why_not": lines})
    else:
        lines = list(explain(tags, card))
        out.data({"id": options.id, "tags": tags})
    out.line(out.style(options.id, "bold"))
    for line in lines:
        out.line(line)
    return 0


def _of_catalog(options: argparse.Namespace) -> tuple[Tags, str | None]:
    from curation import pipeline
    from curation.store.catalog import Catalog

    catalog = Catalog(roots.find_catalog())
    record = catalog.record(options.id)
    return record.tags, pipeline.card_text(catalog, record, None)


def _of_bulk(options: argparse.Namespace) -> tuple[Tags, str | None]:
    from curation import pipeline
    from curation.hub import bulk
    from curation.tagging import Tagger

    for row in bulk.read(options.sources):
        if row.id == options.id and isinstance(row, bulk.Row):
            return pipeline.tags_of(row, Tagger()), row.card
    files: Any = ", ".join(map(str, options.sources))
    raise InputError(f"no model {options.id} in {files}")
