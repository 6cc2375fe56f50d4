"""A sync with the Hub: plan, look, land, report."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing

from curation.cli import which
from curation.cli.output import Output
from curation.cli.progress import Progress
from curation.cli.sync import choice, report
from curation.cli.sync.landed import failure, land
from curation.hub import memory
from curation.hub.client import Hub
from curation.hub.journal import Journal
from curation.hub.landing import Landing
from curation.hub.listed import Lists
from curation.hub.memory import Memory
from curation.hub.outcome import Outcome
from curation.hub.plan import plan
from curation.hub.sync import refresh
from curation.hub.wire.session import Timing
from curation.roots import find_catalog
from curation.store.catalog import Catalog


def run(options: argparse.Namespace, out: Output) -> int:
    """Sync with the Hub, going on where a run that was broken off had stopped."""
    since = choice.since(options.since)
    catalog = Catalog(find_catalog())
    with catalog.lock():
        return report.show(_synced(catalog, options, since, out), out)


def _synced(
    catalog: Catalog, options: argparse.Namespace, since: str | None, out: Output
) -> report.Result:
    url, now = which.hub(options.hub, catalog.settings.sync.endpoint), choice.now()
    timing = Timing(waiting=lambda s: out.note(f"waiting {s:,.0f} s for the Hub's quota"))
    with (
        Hub(url, which.token(), plain_http=options.plain_http, timing=timing) as hub,
        closing(Journal(choice.journal_path(catalog), hub.endpoint, now)) as journal,
    ):
        chosen = choice.choose(catalog, options)
        before = [model_id for model_id in journal.done if chosen.known.pop(model_id, None)]
        if before:
            out.note(f"going on after {len(before)} models of the sync of {journal.since}")
        landing = Landing(catalog, now, journal)
        lists = _lists(catalog, hub, chosen, since)
        outcomes = [failure(model_id, error) for model_id, error in chosen.broken.items()]
        with out.progress("syncing", len(chosen.known)) as bar:
            outcomes += _looked(catalog, options, hub, chosen, lists, landing, bar)
        result = report.Result(outcomes, landing, hub.usage.calls, before)
        landing.finish()
        _remember(catalog, hub, lists, result)
    return result


def _lists(catalog: Catalog, hub: Hub, chosen: choice.Chosen, since: str | None) -> Lists:
    known = memory.load(choice.memory_path(catalog))
    made = plan(chosen.known, known.pages, choice.troubled(catalog))
    return Lists(hub, made.lists, since=since)


def _looked(
    catalog: Catalog,
    options: argparse.Namespace,
    hub: Hub,
    chosen: choice.Chosen,
    lists: Lists,
    landing: Landing,
    bar: Progress,
) -> Iterator[Outcome]:
    allow_gated = catalog.settings.sync.allow_gated
    found = refresh(hub, chosen.known, jobs=options.jobs, allow_gated=allow_gated, lists=lists)
    for outcome in land(landing, found):
        yield outcome
        bar.advance()
        bar.tell(", ".join(f"{left.calls:,} {kind}" for kind, left in hub.usage.left.items()))


def _remember(catalog: Catalog, hub: Hub, lists: Lists, result: report.Result) -> None:
    path, usage = choice.memory_path(catalog), hub.usage
    old = memory.load(path)
    quota = {str(kind): left.quota for kind, left in usage.left.items() if left.quota}
    looked = [one for one in result.outcomes if one.answer]
    found = Memory(
        pages={**old.pages, **lists.pages},
        quota={**old.quota, **quota},
        calls={str(kind): count for kind, count in usage.calls.items()},
        looked=len(looked),
        changed=sum(one.state == "refreshed" for one in looked),
    )
    memory.save(path, found)
