"""``curate review``: a session over what waits for a decision."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from curation.cli import cards
from curation.cli.output import Output
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.cli.bench import Bench
    from curation.cli.review.waiting import Waiting

HELP = "decide what waits for a decision, one by one or by groups"
EXAMPLE = """
curate review
curate review main
curate review --list
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "span",
        nargs="?",
        default="",
        metavar="BASE[..HEAD]",
        help="only what came up between these (default: all that waits)",
    )
    parser.add_argument("--list", action="store_true", help="show what waits, and ask nothing")
    parser.add_argument("--by", metavar="NAME", help="who decides (default: git's user.name)")
    cards.arguments(parser)


def run(options: argparse.Namespace, out: Output) -> int:
    """Hold the session, then tag the records of what was decided."""
    from curation.cli.bench import Bench
    from curation.cli.review.waiting import waiting
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    listing = options.list or options.json
    if not listing and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "a session needs a terminal", hint="'curate review --list' shows what waits"
        )
    catalog = Catalog(find_catalog())
    with ExitStack() as stack:
        fetch = None if options.offline else cards.fetcher(stack, catalog, options.hub)
        bench = Bench(catalog, fetch)
        if listing:
            return _list(waiting(options, catalog, bench, out), out)
        stack.enter_context(catalog.lock())
        return _hold(waiting(options, catalog, bench, out), bench, out)


def _list(found: Waiting, out: Output) -> int:
    from curation.cli.review.listed import lines, rows

    for line in lines(found.items):
        out.line(line)
    _warn(found, out)
    out.data({"waiting": rows(found.items), "untold": sorted(found.desk.untold)})
    return 0


def _hold(found: Waiting, bench: Bench, out: Output) -> int:
    from curation.cli.review.ending import orderly, unhurried
    from curation.cli.review.talk import talk
    from curation.review.session import Session

    _warn(found, out)
    session = Session(found.desk, found.items)
    try:
        with orderly():
            talk(session, bench, out)
    finally:  # also when interrupted: what was decided is in the files
        with unhurried():
            failed = _tag(found, bench, out)
    out.line(f"{session.decided} decided, {session.put_off} put off, {len(session.queue)} left")
    return 1 if failed else 0


def _tag(found: Waiting, bench: Bench, out: Output) -> int:
    """Tag the records anew on whose models something was decided; how many could not be."""
    from curation.errors import CurateError

    failed = 0
    with out.progress("tagging", len(found.desk.touched)) as progress:
        for model_id in sorted(found.desk.touched):
            try:
                if bench.tag(model_id):
                    out.line(f"tagged {model_id}")
            except CurateError as error:
                failed += 1
                out.line(f"not tagged: {error}; run 'curate tag {model_id}'")
            progress.advance()
    return failed


def _warn(found: Waiting, out: Output) -> None:
    count = len(found.desk.untold)
    if count:
        out.note(f"not known whether decisions on {count} models still hold: no card at hand")
        out.note("'curate tag' brings the cards")
