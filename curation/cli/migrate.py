"""``curate migrate``: lift older records to today's schema version."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.cli.output import Output

if TYPE_CHECKING:
    from curation.records import Record
    from curation.store.catalog import Catalog

HELP = "lift older records to today's schema version"
EXAMPLE = """
curate migrate --check
curate migrate
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if a record is older"
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Lift every older record, or with --check only name it."""
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    catalog = Catalog(find_catalog())
    if options.check:
        older = [record.id for record in _lifted(catalog)]
    else:
        with catalog.lock():
            older = [record.id for record in list(_lifted(catalog)) if catalog.write(record)]
    for model_id in older:
        out.line(f"{'older' if options.check else 'lifted'}: {model_id}")
    if not older:
        out.line("every record is of today's schema version")
    out.data({"older" if options.check else "lifted": older})
    return 1 if older and options.check else 0


def _lifted(catalog: Catalog) -> Iterator[Record]:
    """The records of older versions, lifted. Raises InputError for one that is newer."""
    from curation.records import SCHEMA_VERSION
    from curation.store import migrate, reading

    for model_id in catalog.ids():
        data, where = catalog.raw(model_id), str(catalog.path(model_id))
        if reading.version(data, where) != SCHEMA_VERSION:
            yield migrate.record(data, model_id, where)
