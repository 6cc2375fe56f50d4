"""``curate rules``: what keeps the tagging rules honest."""

from __future__ import annotations

import argparse

from curation.cli import subcommands
from curation.cli.rules import diff, fit, stats, test

HELP = "test, measure, compare and fit the tagging rules"
EXAMPLE = "\n".join(command.EXAMPLE for command in (test, stats, diff, fit))


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands, each with its options."""
    commands = {"test": test, "stats": stats, "diff": diff, "fit": fit}
    subcommands.arguments(parser, commands)


run = subcommands.run
