"""``curate release``: build what consumers read, and say which version it must be."""

from __future__ import annotations

import argparse

from curation.cli import subcommands
from curation.cli.release import build, check

HELP = "build a release of the catalog, compare it with the one before"
EXAMPLE = "\n".join(command.EXAMPLE for command in (build, check))


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands, each with its options."""
    subcommands.arguments(parser, {"build": build, "check": check})


run = subcommands.run
