"""``curate release``: build what consumers read, and say which version it must be."""

from __future__ import annotations

import argparse
import textwrap

from curation.cli.output import Output
from curation.cli.release import build, check

HELP = "build a release of the catalog, compare it with the one before"
EXAMPLE = "\n".join(command.EXAMPLE for command in (build, check))

_COMMANDS = {"build": build, "check": check}


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
        for option in ("--json", "--debug"):
            sub.add_argument(
                option, action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
            )
        sub.set_defaults(run_command=command.run)


def run(options: argparse.Namespace, out: Output) -> int:
    """Run the sub-command; its exit code is ours."""
    code: int = options.run_command(options, out)
    return code
