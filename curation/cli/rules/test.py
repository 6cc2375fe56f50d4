"""``curate rules test``: run the examples of rules, alone and within all packs."""

from __future__ import annotations

import argparse
from pathlib import Path

from curation.cli.output import Output
from curation.cli.rules import inputs

HELP = "run the examples of rules, alone and within all packs"
EXAMPLE = "curate rules test --pack catalog/rules/ours.toml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the sub-command."""
    parser.add_argument(
        "--pack",
        dest="packs",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="packs to test among the stock ones (default: these, and the catalog's own)",
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Print what fails, and return 1 if anything does."""
    from curation.tagging.governance import examples, sources

    stock = inputs.stock()
    tested = sources.read(options.packs) or [*stock, *inputs.own()]
    rules = sum(len(source.pack.rule) for source in tested)
    whole = examples.Bench(sources.joined(stock, tested))
    found = []
    with out.progress("testing rules", rules) as progress:
        for source in tested:
            for failure in examples.examine(source, whole):
                if failure is None:
                    progress.advance()
                else:
                    found.append(failure)
    for one in found:
        place = out.style(f"{one.path}:{one.line}", "bold")
        out.line(f"{place} {one.rule}: {one.message}")
    out.line(f"{rules} rules, {len(found)} failures")
    out.data({"rules": rules, "failures": found})
    return 1 if found else 0
