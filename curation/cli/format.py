"""``curate format``: bring the files of the catalog into the form that they should have."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from curation.cli.output import Output
from curation.cli.validate import gates

HELP = "write files in the form that they should have"
EXAMPLE = """
curate format
curate format catalog/models/ProsusAI
curate format --staged
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[],
        metavar="PATH",
        help="these files or folders only",
    )
    which.add_argument(
        "--staged", action="store_true", help="only what needs it in what git has staged"
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Mend what needs no decision, and name the files that were written."""
    from curation.cli.scope import scope
    from curation.cli.validate.mend import mend

    where = scope(options.paths)
    with out.progress("checking"), gates.no_collection():
        source = gates.source(where.root, staged=options.staged)
        found = gates.report(where.root, source, cached=True).findings
        mended = [str(where.root / path) for path in mend(where, found)]
    for path in mended:
        out.line(f"mended {os.path.relpath(path)}")
    out.line(f"files mended: {len(mended)}")
    out.data({"mended": [os.path.relpath(path) for path in mended]})
    return 0
