"""``curate init``: make an empty catalog."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from curation.cli.output import Output
from curation.errors import UsageError

#: From so many files on a folder is named instead.
_MANY = 6

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
    top = _top(options.folder)
    if top and options.github:
        raise UsageError(f"GitHub reads no workflow but at the top, {top}", hint="run it there")
    made, kept = [], []
    if not (options.github and (options.folder / "catalog" / settings.FILE).exists()):
        made += skeleton.make(options.folder, packs.pins())
        if not top:
            made += companions.make(options.folder)
            beside = [options.folder / path for path in companions.FILES.values()]
            kept = [path for path in beside if path not in made]
    if options.github:
        made += workflow.make(options.folder)
    for line in _told(made):
        out.line(f"made {line}")
    for path in kept:
        out.line(f"left {path} as it was; 'curate init' in an empty folder shows what it may lack")
    if options.github:
        out.line(f"{workflow.PATH} says which secret it needs, and why")
    if top:
        below = options.folder.resolve().relative_to(top).as_posix()
        out.line(f"hooks and workflows belong at the top, {top}; there they take '-C {below}'")
    there = f"cd {options.folder}; " if options.folder.resolve() != Path.cwd() else ""
    out.line(f"next: {there}'curate add ORG/NAME' puts models in, 'curate sync' reads their facts")
    told = {"made": [str(path) for path in made], "kept": [str(path) for path in kept]}
    out.data({"catalog": str(options.folder / "catalog"), **told})
    return 0


def _top(folder: Path) -> Path | None:
    """The top of the repository that ``folder`` is to be deeper in, if it is."""
    from curation.store import git

    there = next(one for one in (folder.resolve(), *folder.resolve().parents) if one.is_dir())
    try:
        top = git.top(there)
    except UsageError:
        return None
    return top if top != folder.resolve() else None


def _told(made: list[Path]) -> Iterator[str]:
    """Each file by its name; those of a folder that got many, by their number."""
    for folder, paths in groupby(made, lambda path: path.parent):
        files = list(paths)
        if len(files) >= _MANY:
            yield f"{folder}/ with {len(files)} files"
        else:
            yield from map(str, files)
