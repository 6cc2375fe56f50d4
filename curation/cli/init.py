"""``curate init``: make an empty catalog."""

from __future__ import annotations

import argparse
from pathlib import Path

from curation.cli.output import Output
from curation.errors import UsageError

HELP = "make an empty catalog in this folder"
EXAMPLE = """
curate init
curate init my-models
curate init --github
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="where 'catalog/' is made (default: here)",
    )
    parser.add_argument(
        "--github",
        action="store_true",
        help="also a workflow that refreshes it every night in a pull request",
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Make the catalog and name its files; to one that is there only add the workflow."""
    from curation import packs
    from curation.store import companions, settings, skeleton, workflow

    if options.folder.exists() and not options.folder.is_dir():
        raise UsageError(f"{options.folder} is a file", hint="name a folder")
    made = []
    if not (options.github and (options.folder / "catalog" / settings.FILE).exists()):
        made += skeleton.make(options.folder, packs.pins())
        made += companions.make(options.folder)
    if options.github:
        made += workflow.make(options.folder)
    for path in made:
        out.line(f"made {path}")
    if options.github:
        out.line(f"{workflow.PATH} says which secret it needs, and why")
    there = f"cd {options.folder}; " if options.folder.resolve() != Path.cwd() else ""
    out.line(f"next: {there}'curate add ORG/NAME' puts models in, 'curate sync' reads their facts")
    out.data({"catalog": str(options.folder / "catalog"), "made": [str(path) for path in made]})
    return 0
