"""``curate discover``: propose models that the catalog does not have."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from curation.cli import which
from curation.cli.output import Output
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.hub.client import Hub
    from curation.hub.discover import Proposals
    from curation.store.catalog import Catalog

HELP = "propose models by the queries in catalog.toml"
EXAMPLE = """
    curate discover
    curate discover --reject ORG/NAME --reason 'no licence'
"""

_QUERY = "'[[sync.queries]]' with task, library, author, search, sort, limit or min_downloads"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "--reject", nargs="+", metavar="ID", help="never propose these again; goes with --reason"
    )
    parser.add_argument("--reason", help="why they are rejected")
    parser.add_argument("--by", metavar="WHO", help="who rejects them (default: you)")
    which.argument(parser)


def run(options: argparse.Namespace, out: Output) -> int:
    """Propose, or note what is not to be proposed again."""
    from curation.hub.client import Hub
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    catalog = Catalog(find_catalog())
    if bool(options.reject) != bool(options.reason):
        raise UsageError("--reject and --reason go together")
    if not options.reject and not catalog.settings.sync.queries:
        raise UsageError("no queries in catalog.toml", hint=f"put there: {_QUERY}")
    url = which.hub(options.hub, catalog.settings.sync.endpoint)
    with Hub(url, which.token()) as hub:
        if options.reject:
            return _reject(options, catalog, hub, out)
        return _propose(catalog, hub, out)


def _propose(catalog: Catalog, hub: Hub, out: Output) -> int:
    from curation.hub import discover
    from curation.store import rejections

    sync = catalog.settings.sync
    taken = {name for record in catalog.records() for name in (record.id, *record.aliases)}
    taken |= {grave.id for grave in rejections.tombstones(catalog.root)}
    declined = {one.id: one.judged for one in rejections.read(catalog.root) if not one.facet}
    with out.progress("searching"):
        found = discover.propose(
            hub, sync.queries, taken=taken, rejected=declined, allow_gated=sync.allow_gated
        )
    _report(found, out)
    return 0


def _report(found: Proposals, out: Output) -> None:
    from curation.cli import table

    out.data(found)
    rows = [("model", "downloads", "likes", "task", "license")]
    for one in found.new:
        counts = (f"{one.downloads or 0:,}", f"{one.likes or 0:,}")
        rows.append((one.id, *counts, one.task or "-", one.license or "-"))
    for line in table.lines(rows) if found.new else ():
        out.line(line)
    for model_id in found.changed:
        out.line(f"{model_id} was rejected on other evidence than it has today")
    out.line(
        f"{len(found.new)} proposed; {found.known} known, {found.rejected} rejected before, "
        f"{found.closed} private or gated"
    )
    if found.new:
        out.line("next: 'curate add ID' takes one in, 'curate discover --reject ID' never again")


def _reject(options: argparse.Namespace, catalog: Catalog, hub: Hub, out: Output) -> int:
    import getpass

    from curation.hub import discover
    from curation.store import rejections
    from curation.store.ledgers import Rejection

    before = {one.id for one in rejections.read(catalog.root) if not one.facet}
    wanted = [model_id for model_id in dict.fromkeys(options.reject) if model_id not in before]
    today = time.strftime("%Y-%m-%d", time.gmtime())
    new = [
        Rejection(
            id=model_id,
            judged=discover.evidence(hub.model(model_id).facts),
            reason=options.reason,
            by=options.by or getpass.getuser(),
            on=today,
        )
        for model_id in wanted
    ]
    with catalog.lock():
        rejections.append(catalog.root, new)
    for one in new:
        out.line(f"rejected {one.id}")
    out.data({"rejected": wanted})
    return 0
