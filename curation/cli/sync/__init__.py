"""``curate sync``: read the facts of the catalog's models from the Hub."""

from __future__ import annotations

import argparse
from pathlib import Path

from curation.cli import which
from curation.cli.output import Output
from curation.errors import UsageError

HELP = "read the facts of the catalog's models from the Hub"
EXAMPLE = """
    curate sync
    curate sync --dry-run
    HF_TOKEN=... curate sync --only 'google/*' --jobs 4
    curate sync --from-dump models.parquet
"""

_MOST_JOBS = 64


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``curate sync``."""
    which.argument(parser)
    parser.add_argument("--only", metavar="GLOB", default="*", help="ids to look at: 'ORG/*'")
    parser.add_argument(
        "--limit", type=int, metavar="N", help="look at N models, longest unseen first"
    )
    parser.add_argument(
        "--since",
        metavar="TIME",
        help="read lists only back to models modified then: 2026-11-01, 36h or 7d",
    )
    parser.add_argument(
        "--jobs", type=int, default=64, metavar="N", help="calls at once (default: 64)"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="ask nothing; say what it would cost"
    )
    parser.add_argument(
        "--offline", action="store_true", help="ask nothing; say how old the facts are"
    )
    parser.add_argument(
        "--from-dump",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="take the facts from dumps of the Hub: Parquet or JSON lines",
    )
    parser.add_argument(
        "--plain-http", action="store_true", help="allow a Hub over http on another machine"
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Sync the catalog at or above the working folder; 1 for a trouble that is not recorded."""
    _check(options)
    if options.from_dump:
        from curation.cli.sync import dumps

        return dumps.run(options, out)
    if options.dry_run or options.offline:
        from curation.cli.sync import outlook

        return outlook.run(options, out)
    from curation.cli.sync import online

    return online.run(options, out)


def _check(options: argparse.Namespace) -> None:
    if not 1 <= options.jobs <= _MOST_JOBS:
        raise UsageError(f"--jobs takes a number from 1 to {_MOST_JOBS}")
    if options.limit is not None and options.limit < 1:
        raise UsageError("--limit takes a number from 1")
    if options.from_dump and (options.hub or options.since or options.dry_run):
        raise UsageError("--from-dump asks no Hub: leave out --hub, --since and --dry-run")
