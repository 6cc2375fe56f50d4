"""Verbs that are made of sub-commands."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Mapping
from typing import cast

from curation.cli.output import Output
from curation.cli.verbs import Verb, common


def arguments(parser: argparse.ArgumentParser, commands: Mapping[str, object]) -> None:
    """Declare ``commands``, modules that are like those of verbs, each with its options."""
    declared = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in commands.items():
        command = cast(Verb, module)
        sub = declared.add_parser(
            name,
            help=command.HELP,
            description=command.HELP,
            epilog=f"example:\n{textwrap.indent(command.EXAMPLE, '  ')}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.arguments(sub)
        common(sub)
        sub.set_defaults(run_command=command.run)


def run(options: argparse.Namespace, out: Output) -> int:
    """Run the sub-command that was asked for; its exit code is the verb's."""
    code: int = options.run_command(options, out)
    return code
