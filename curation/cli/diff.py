"""``curate diff``: what changed between two states of the catalog, by meaning."""

from __future__ import annotations

import argparse
from pathlib import Path

from curation.cli.output import Output
from curation.errors import UsageError

HELP = "show what changed between two states of the catalog"
EXAMPLE = """
curate diff
curate diff main..HEAD
curate diff old-catalog..catalog
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "span",
        nargs="?",
        default="",
        metavar="BASE[..HEAD]",
        help="git revisions or folders (default: HEAD against the working tree)",
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Print the changes; whether there are any is no matter of the exit code."""
    from curation import review

    base, head = review.open_sides(options.span, _catalog(options.span))
    with out.progress("comparing"):
        changes = review.compare(*review.differing(base, head))
    out.line(f"{base.name} → {head.name}")
    for line in review.lines(changes):
        out.line(out.style(line.text, *line.styles))
    out.data({"base": base.name, "head": head.name, "changes": review.rows(changes)})
    return 0


def _catalog(span: str) -> Path | None:
    from curation.roots import find_catalog

    try:
        return find_catalog()
    except UsageError:
        if ".." not in span:
            raise
        return None  # two folders can be compared from anywhere
