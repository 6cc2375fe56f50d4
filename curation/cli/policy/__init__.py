"""``curate policy``: whether changes may merge without a person, and why."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.verdict import Verdict

HELP = "say whether changes may merge without a person, and why"
EXAMPLE = """
curate policy
curate policy main..HEAD
curate policy main..HEAD --to verdict.md --to verdict.json
"""

FORMATS = ("text", "json", "markdown", "outputs")
_BY_SUFFIX = {".json": "json", ".md": "markdown", ".txt": "text"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "span",
        nargs="?",
        default="",
        metavar="BASE[..HEAD]",
        help="git revisions or folders (default: HEAD against the working tree); "
        "the policy is the one that BASE has",
    )
    parser.add_argument("--table", action="store_true", help="check the table of records, too")
    parser.add_argument(
        "--format", choices=FORMATS, help="text (default), json, markdown, or a step's outputs"
    )
    parser.add_argument(
        "--to",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="also write it there, as .json, .md or .txt; may be given again",
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Tell the clauses; 0 if all are met, 1 if one asks for a person."""
    chosen = options.format or ("json" if out.json else "text")
    if out.json and chosen != "json":
        raise UsageError(f"--json and --format {chosen}", hint="give one of them")
    files = [(path, _format_of(path)) for path in options.to]
    verdict = _verdict(options, out)
    for path, form in files:
        from curation.store import atomic

        atomic.replace(path, _file(verdict, form).encode())
    _print(verdict, chosen, out)
    return 0 if verdict.met else 1


def _format_of(path: Path) -> str:
    if path.suffix not in _BY_SUFFIX:
        raise UsageError(f"{path}: cannot tell its format", hint="end it in .json, .md or .txt")
    return _BY_SUFFIX[path.suffix]


def _verdict(options: argparse.Namespace, out: Output) -> Verdict:
    from curation import review
    from curation.cli.diff import catalog_for
    from curation.cli.policy import proposed
    from curation.review import policy
    from curation.review.verdict import level
    from curation.verdict import Verdict

    catalog = catalog_for(options.span)
    base, head = review.open_sides(options.span, catalog)
    with out.progress("judging"):
        sides = proposed.listed(base, head)
        settings = proposed.settings_of_base(sides)
        gates = proposed.gates(sides, catalog, table=options.table)
        proposal = proposed.proposal(sides, catalog, gates.findings)
        clauses = policy.clauses(proposal, settings.policy.merge)
    return Verdict(
        base=base.name,
        head=head.name,
        gates=gates.looked_at,
        met=policy.may_merge(clauses),
        risk=level(proposal.changes),
        clauses=tuple(clauses),
    )


def _print(verdict: Verdict, chosen: str, out: Output) -> None:
    from curation.review import verdict as words

    if chosen == "json":
        out.document(verdict)
    elif chosen == "text":
        out.styled(words.lines(verdict))
    else:
        whole = words.markdown(verdict) if chosen == "markdown" else words.outputs(verdict)
        for text in whole.splitlines():
            out.line(text)


def _file(verdict: Verdict, form: str) -> str:
    from curation import canonical
    from curation.cli import terminal
    from curation.review import verdict as words

    if form == "json":
        return canonical.dumps(verdict)
    if form == "markdown":
        return words.markdown(verdict)
    return terminal.plain(words.lines(verdict))
