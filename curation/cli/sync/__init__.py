"""``curate sync``: read the facts of the catalog's models from the Hub."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.errors import CurateError, InputError, UsageError

if TYPE_CHECKING:
    from curation.hub.landing import Landing
    from curation.hub.sync import Outcome
    from curation.records import Facts
    from curation.store.catalog import Catalog

HELP = "read the facts of the catalog's models from the Hub"
EXAMPLE = """
    curate sync
    HF_TOKEN=... curate sync --only 'google/*' --jobs 4
"""

_MOST_JOBS = 64
#: Refreshed models named one by one; a first sync has hundreds.
_NAMED = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``curate sync``."""
    parser.add_argument(
        "--hub", metavar="URL", help="the Hub (default: HF_ENDPOINT, else catalog.toml)"
    )
    parser.add_argument("--only", metavar="GLOB", default="*", help="ids to look at: 'ORG/*'")
    parser.add_argument(
        "--jobs", type=int, default=8, metavar="N", help="models looked at at once (default: 8)"
    )
    parser.add_argument(
        "--plain-http", action="store_true", help="allow a Hub over http on another machine"
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Sync the catalog at or above the working folder; 1 if a model failed."""
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    if not 1 <= options.jobs <= _MOST_JOBS:
        raise UsageError(f"--jobs takes a number from 1 to {_MOST_JOBS}")
    catalog = Catalog(find_catalog())
    with catalog.lock():
        outcomes, wrote = _synced(catalog, options, out)
    return _report(sorted(outcomes, key=lambda outcome: outcome.id), wrote, out)


def _synced(
    catalog: Catalog, options: argparse.Namespace, out: Output
) -> tuple[list[Outcome], bool]:
    from curation.hub.client import Hub
    from curation.hub.landing import Landing
    from curation.hub.sync import refresh
    from curation.hub.wire.session import Timing

    sync = catalog.settings.sync
    endpoint = options.hub or os.environ.get("HF_ENDPOINT") or sync.endpoint
    token = os.environ.get("HF_TOKEN")
    known, outcomes = _known(catalog, options.only)
    landing = Landing(catalog, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    timing = Timing(waiting=lambda s: out.note(f"waiting {s:,.0f} s for the Hub's quota"))
    with (
        Hub(endpoint, token, plain_http=options.plain_http, timing=timing) as hub,
        out.progress("syncing", len(known)) as bar,
    ):
        try:
            for outcome in refresh(hub, known, jobs=options.jobs, allow_gated=sync.allow_gated):
                outcomes.append(_landed(landing, outcome))
                bar.advance()
        finally:
            landing.finish()
    return outcomes, landing.wrote


def _known(catalog: Catalog, only: str) -> tuple[dict[str, Facts], list[Outcome]]:
    """The facts of the models that ``only`` matches, and the records that cannot be read."""
    ids = catalog.ids()
    chosen = [model_id for model_id in ids if fnmatchcase(model_id, only)]
    if ids and not chosen:
        raise UsageError(f"no model of the catalog matches {only!r}")
    known, broken = {}, []
    for model_id in chosen:
        try:
            known[model_id] = catalog.record(model_id).facts
        except InputError as error:
            broken.append(_failure(model_id, error))
    return known, broken


def _landed(landing: Landing, outcome: Outcome) -> Outcome:
    try:
        landing.take(outcome)
    except CurateError as error:
        return _failure(outcome.id, error)
    return outcome


def _failure(model_id: str, error: CurateError) -> Outcome:
    from curation.hub.sync import Outcome

    return Outcome(id=model_id, state="failed", reason=str(error), hint=error.hint)


def _report(outcomes: list[Outcome], wrote: bool, out: Output) -> int:
    by_state = {
        state: [outcome for outcome in outcomes if outcome.state == state]
        for state in ("refreshed", "unchanged", "renamed", "failed")
    }
    out.data(_as_data(by_state, wrote))
    for line in _lines(by_state, out):
        out.line(line)
    counts = ", ".join(f"{len(of_state)} {state}" for state, of_state in by_state.items())
    out.line(counts if wrote or by_state["failed"] else f"nothing changed ({counts})")
    return 1 if by_state["failed"] else 0


def _lines(by_state: dict[str, list[Outcome]], out: Output) -> Iterator[str]:
    refreshed = by_state["refreshed"]
    for outcome in refreshed[:_NAMED]:
        missing = f" (without its card: {outcome.reason})" if outcome.reason else ""
        yield f"{out.style('refreshed', 'green')}  {outcome.id}{missing}"
    if len(refreshed) > _NAMED:
        yield f"           and {len(refreshed) - _NAMED} more"
    for outcome in by_state["renamed"]:
        yield f"{out.style('renamed', 'yellow')}    {outcome.id} is now {_new_id(outcome)}"
    for outcome in by_state["failed"]:
        yield f"{out.style('failed', 'red')}     {outcome.reason}"
    for hint in dict.fromkeys(outcome.hint for outcome in by_state["failed"] if outcome.hint):
        yield f"{out.style('hint:', 'bold')} {hint}"


def _as_data(by_state: dict[str, list[Outcome]], wrote: bool) -> dict[str, object]:
    return {
        "changed": wrote,
        "refreshed": [outcome.id for outcome in by_state["refreshed"]],
        "unchanged": [outcome.id for outcome in by_state["unchanged"]],
        "renamed": [{"from": o.id, "to": _new_id(o)} for o in by_state["renamed"]],
        "without_card": [
            {"id": o.id, "reason": o.reason} for o in by_state["refreshed"] if o.reason
        ],
        "failed": [{"id": o.id, "reason": o.reason, "hint": o.hint} for o in by_state["failed"]],
    }


def _new_id(outcome: Outcome) -> str | None:
    return outcome.answer.canonical_id if outcome.answer else None
