"""``curate validate``: check the files of the catalog."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.cli.scope import scope
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
        return _explain(options.explain.upper(), out)
    _refuse(options)
    where = scope(options.paths)
    with out.progress("checking"), gates.no_collection():
        source = gates.source(where.root, staged=options.staged, since=options.since)
        report = _report(where.root, source, options)
        mended: list[str] = []
        if options.fix:
            from curation.cli.validate.mend import mend

            mended = mend(where, report.findings)
            report = _report(where.root, source, options)
    if options.staged and not any(source.entries()):
        out.note(f"git has nothing of {where.root} staged or committed")
    findings = [one for one in report.findings if where.holds(one.path)]
    _tell(where.root, source, findings, len(report.waived), mended, options, out)
    return 1 if any(one.severity == "error" for one in findings) else 0


def _refuse(options: argparse.Namespace) -> None:
    if options.all and options.paths:
        raise UsageError("--all means every file, PATH means some; give one of them")
    if options.staged and options.paths:
        raise UsageError("--staged means what git has staged, PATH means files; give one of them")
    if options.staged and options.fix:
        raise UsageError(
            "--fix mends files, not what is staged",
            hint="'curate format --staged' mends files that are staged",
        )


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
