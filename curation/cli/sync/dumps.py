"""A sync from dumps of the Hub: one pass, without a network."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import islice

from curation.cli.output import Output
from curation.cli.sync import choice, report
from curation.cli.sync.landed import land
from curation.errors import InputError, UsageError
from curation.hub import bulk, dump
from curation.hub.bulk import Row, RowError
from curation.hub.landing import Landing
from curation.hub.outcome import Outcome
from curation.roots import find_catalog
from curation.store.catalog import Catalog


def run(options: argparse.Namespace, out: Output) -> int:
    """Take the facts of the catalog's models from the files; 1 if a row or model failed."""
    catalog = Catalog(find_catalog())
    with catalog.lock():
        names = _names(catalog, options.only)
        landing = Landing(catalog, None)
        broken: list[RowError] = []
        with out.progress("reading"):
            rows = bulk.read(options.from_dump, read_at=choice.now())
            found = _outcomes(catalog, _models(rows, broken), names, landing)
            outcomes = list(islice(found, options.limit))
        landing.finish()
    for error in broken[:20]:
        out.note(f"{error.path}:{error.row}: left out: {error.id or 'no id'}: {error.message}")
    absent = {*names.values()} - {one.id for one in outcomes}
    if absent:
        out.note(f"{len(absent)} models of the catalog are not in the dump")
    return report.show(report.Result(outcomes, landing, {}), out) or int(bool(broken))


def _models(rows: Iterator[Row | RowError], broken: list[RowError]) -> Iterator[Row]:
    for row in rows:
        if isinstance(row, RowError):
            broken.append(row)
        else:
            yield row


def _outcomes(
    catalog: Catalog, rows: Iterator[Row], names: dict[str, str], landing: Landing
) -> Iterator[Outcome]:
    allow_gated = catalog.settings.sync.allow_gated
    found = dump.outcomes(
        rows, names, lambda name: catalog.record(name).facts, allow_gated=allow_gated
    )
    for done in land(landing, found):
        # Facts and card are on the disk: what is kept is a line for the report.
        yield Outcome(id=done.id, state=done.state, reason=done.reason, hint=done.hint)


def _names(catalog: Catalog, only: str) -> dict[str, str]:
    """Ids, and the aliases of records that have any, to today's ids."""
    names: dict[str, str] = {}
    for model_id in catalog.ids():
        if fnmatchcase(model_id, only):
            names.update(dict.fromkeys((*_aliases(catalog, model_id), model_id), model_id))
    if not names:
        raise UsageError(f"no model of the catalog matches {only!r}")
    return names


def _aliases(catalog: Catalog, model_id: str) -> tuple[str, ...]:
    try:
        return catalog.record(model_id).aliases
    except InputError:
        return ()  # told when its row is there
