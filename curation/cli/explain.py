"""``curate explain``: show why a model has the tags it has."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curation import roots
from curation.cli.output import Output
from curation.errors import InputError

if TYPE_CHECKING:
    from curation.records import Record, Tags
    from curation.store.catalog import Catalog

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

    decided: list[dict[str, Any]] = []
    if options.sources:
        tags, card = _of_bulk(options)
    else:
        tags, card, decided = _of_catalog(options)
    if options.why_not:
        lines = why_not(options.why_not, tags, packs.stock())
        out.data({"id": options.id, "value": options.why_not, "why_not": lines})
    else:
        lines = list(explain(tags, card))
        lines += [f"decided: {_told(one)}" for one in decided]
        out.data({"id": options.id, "tags": tags, "decided": decided})
    out.line(out.style(options.id, "bold"))
    for line in lines:
        out.line(line)
    return 0


def _of_catalog(
    options: argparse.Namespace,
) -> tuple[Tags, str | None, list[dict[str, Any]]]:
    from curation import pipeline
    from curation.store.catalog import Catalog

    catalog = Catalog(roots.find_catalog())
    record = catalog.record(options.id)
    return record.tags, pipeline.card_text(catalog, record, None), _decided(catalog, record)


def _decided(catalog: Catalog, record: Record) -> list[dict[str, Any]]:
    """What people decided on a model; of a fact also what the Hub states instead."""
    from msgspec import structs

    override = catalog.override(record.id)
    found = [{"tag": name, **structs.asdict(one)} for name, one in override.tags.items()]
    for name, one in override.facts.items():
        stated = getattr(record.facts, name)
        found.append({"fact": name, "stated": stated, **structs.asdict(one)})
    return found


def _told(one: dict[str, Any]) -> str:
    from curation.review.session import shown

    about = f"by {one['by']} on {one['on']}: {one['reason']}"
    if "tag" in one:
        return f"{one['tag']} is {shown(one['value'])}, {about}"
    value, stated = shown(one["value"]), shown(one["stated"])
    return f"{one['fact']} is corrected from {stated} to {value}, {about}"


def _of_bulk(options: argparse.Namespace) -> tuple[Tags, str | None]:
    from curation import pipeline
    from curation.hub import bulk
    from curation.tagging import Tagger

    for row in bulk.read(options.sources):
        if row.id == options.id and isinstance(row, bulk.Row):
            return pipeline.tags_of(row, Tagger()), row.card
    files: Any = ", ".join(map(str, options.sources))
    raise InputError(f"no model {options.id} in {files}")
