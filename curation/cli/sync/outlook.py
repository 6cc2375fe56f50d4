"""What a sync would cost, and how old the facts are, without asking anybody."""

from __future__ import annotations

import argparse

from curation.cli import which
from curation.cli.output import Output
from curation.cli.sync import choice
from curation.hub import memory, plan
from curation.hub.plan import Bound, Plan
from curation.roots import find_catalog
from curation.store.catalog import Catalog


def run(options: argparse.Namespace, out: Output) -> int:
    """Say it. Writes nothing, and waits for no lock."""
    choice.since(options.since)
    catalog = Catalog(find_catalog())
    chosen = choice.choose(catalog, options)
    known = memory.load(choice.memory_path(catalog))
    made = plan.plan(chosen.known, known.pages, choice.troubled(catalog))
    granted = plan.KNOWN if which.token() else plan.ANONYMOUS
    bound = plan.bound(made, known.pages, {**granted, **known.quota}, known.share)
    checked = [row.checked for row in catalog.popularity().values() if row.checked]
    out.data(
        {
            "models": len(chosen.known),
            "by_lists": {author: len(ids) for author, ids in made.lists.items()},
            "alone": len(made.alone),
            "bound": bound,
            "oldest_look": min(checked, default=None),
            "unreadable": sorted(chosen.broken),
        }
    )
    for line in _lines(made, bound, min(checked, default=None)):
        out.line(line)
    return 0


def _lines(made: Plan, bound: Bound, oldest: str | None) -> list[str]:
    listed = sum(map(len, made.lists.values()))
    lines = [
        f"{listed} models by the lists of {len(made.lists)} authors, {len(made.alone)} alone",
        f"at most {_calls(bound.api, bound.resolvers)}, {bound.minutes} minutes under the quota",
    ]
    if bound.likely_api is not None and bound.likely_resolvers is not None:
        likely = _calls(bound.likely_api, bound.likely_resolvers)
        lines.append(f"with as much new as last time: {likely}")
    return [*lines, f"oldest look: {oldest or 'never'}"]


def _calls(api: int, resolvers: int) -> str:
    return f"{api:,} API calls and {resolvers:,} files"
