"""``curate validate``: check the files of the catalog."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.cli.validate import gates
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.checks.gate import Report
    from curation.checks.sources import Source
    from curation.records import Finding

HELP = "check the files of the catalog"
EXAMPLE = """
curate validate
curate validate catalog/models/ProsusAI --fix
curate validate --staged
curate validate --online --since origin/main
curate validate --format sarif > findings.sarif
curate validate --explain CUR241
"""
FORMATS = ("text", "json", "sarif", "github")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="tell of these files or folders only"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--all", action="store_true", help="check all files (so it is without a PATH, too)"
    )
    which.add_argument(
        "--staged", action="store_true", help="check what git has staged, as a hook does"
    )
    which.add_argument("--explain", metavar="CODE", help="say what a code means, with examples")
    parser.add_argument("--since", metavar="COMMIT", help="what changes are told from (HEAD)")
    parser.add_argument("--table", action="store_true", help="check the table of records, too")
    parser.add_argument(
        "--online", action="store_true", help="ask the Hub for the facts of changed records, too"
    )
    parser.add_argument("--fix", action="store_true", help="mend what needs no decision")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to tell it (text)")
    parser.add_argument("--no-cache", action="store_true", help="look at every file again")


def run(options: argparse.Namespace, out: Output) -> int:
    """Print every finding and return 1 if one is an error."""
    if options.explain:
        return _explain(options.explain, out)
    _refuse(options)
    root, below = _scope(options.paths)
    with out.progress("checking"), gates.no_collection():
        source = _source(root, options)
        report = _report(root, source, options)
        mended: list[str] = []
        if options.fix:
            from curation.cli.validate.mend import mend

            mended = mend(root, [one for one in report.findings if _is_below(one.path, below)])
            report = _report(root, source, options)
    findings = [one for one in report.findings if _is_below(one.path, below)]
    _tell(root, source, findings, len(report.waived), mended, options, out)
    return 1 if any(one.severity == "error" for one in findings) else 0


def _refuse(options: argparse.Namespace) -> None:
    if options.all and options.paths:
        raise UsageError("--all means every file, PATH means some; give one of them")
    if options.staged and options.paths:
        raise UsageError("--staged means what git has staged, PATH means files; give one of them")
    if options.staged and options.fix:
        raise UsageError("--fix mends files, not what is staged", hint="leave out --staged")


def _scope(paths: Sequence[Path]) -> tuple[Path, list[str]]:
    """The catalog, and the paths below it that are to be told of ('' is all of it)."""
    from curation.roots import find_catalog

    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
    root = find_catalog(paths[0].parent.resolve() if paths else None)
    return root, [_relative(path, root) for path in paths] or [""]


def _relative(path: Path, root: Path) -> str:
    # Only the folder is resolved: a link is looked at, not what it leads to.
    whole = path.resolve() if path.name in ("", "..") else path.parent.resolve() / path.name
    if whole in (root, *root.parents):
        return ""
    if not whole.is_relative_to(root):
        raise UsageError(f"{path} is not in the catalog {root}")
    return whole.relative_to(root).as_posix()


def _is_below(path: str, below: Iterable[str]) -> bool:
    return any(not one or path == one or path.startswith(f"{one}/") for one in below)


def _source(root: Path, options: argparse.Namespace) -> Source:
    if not options.staged:
        from curation.checks.sources import Folder

        return Folder(root, since=options.since)
    from curation.store.staged import Staged

    asked = Staged(root, options.since)  # git works while we import
    from curation.checks.sources import Index

    return Index(root, asked)


def _report(root: Path, source: Source, options: argparse.Namespace) -> Report:
    return gates.report(
        root,
        source,
        cached=not options.no_cache,
        table=options.table,
        online=options.online,
        since=options.since,
    )


def _tell(
    root: Path,
    source: Source,
    findings: Sequence[Finding],
    waived: int,
    mended: Sequence[str],
    options: argparse.Namespace,
    out: Output,
) -> None:
    import importlib

    from curation.cli.validate.formats import Told
    from curation.cli.validate.formats.places import Places

    told = Told(
        findings=findings,
        waived=waived,
        mended=mended,
        places=Places(root, source),
        quiet=options.staged,
    )
    name = "json" if out.json else options.format
    importlib.import_module(f"curation.cli.validate.formats.{name}").write(told, out)


def _explain(code: str, out: Output) -> int:
    from curation.cli.validate.formats import explanation

    explanation.write(code, out)
    return 0
