"""``curate doctor``: say what stands between you and a good sync."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from curation.cli import which
from curation.cli.output import Output

if TYPE_CHECKING:
    from curation.cli.doctor.health import Sign

HELP = "say what stands between you and a good sync"
EXAMPLE = """
curate doctor
curate doctor --offline --json
"""

_COLOURS = {"good": "green", "look": "yellow", "bad": "red"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    which.argument(parser)
    parser.add_argument("--offline", action="store_true", help="ask no Hub")


def run(options: argparse.Namespace, out: Output) -> int:
    """Look at everything, and return 1 if something is bad."""
    from curation.cli.doctor import health

    signs: list[Sign] = []
    for sign in health.signs(options.hub, offline=options.offline):
        signs.append(sign)
        out.line(f"{out.style(f'{sign.state:5}', _COLOURS[sign.state])} {sign.of:9} {sign.says}")
        if sign.do:
            out.line(f"{'':16}{out.style('do:', 'bold')} {sign.do}")
    out.data({"signs": signs})
    return 1 if any(sign.state == "bad" for sign in signs) else 0
