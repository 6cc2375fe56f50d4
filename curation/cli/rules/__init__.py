"""``curate rules``: what keeps the tagging rules honest."""

from __future__ import annotations

import argparse
import textwrap

from curation.cli.output import Output
from curation.cli.rules import diff, fit, stats, test

HELP = "test, measure, compare and fit the tagging rules"
EXAMPLE = "\n".join(command.EXAMPLE for command in (test, stats, diff, fit))

_COMMANDS = {"test": test, "stats": stats, "diff": diff, "fit": fit}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands, each with its options."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in _COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=command.HELP,
            description=command.HELP,
            epilog=f"example:\n{textwrap.indent(command.EXAMPLE, '  ')}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.arguments(sub)
        # The verb's own are before the sub-command; they may stand after it too.
        for option in ("--json", "--debug"):
            sub.add_argument(
                option, action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
            )
        sub.set_defaults(run_command=command.run)


def run(options: argparse.Namespace, out: Output) -> int:
    """Run the sub-command; its exit code is ours."""
    code: int = options.run_command(options, out)
    return code
