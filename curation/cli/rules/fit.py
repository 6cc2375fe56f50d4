"""``curate rules fit``: fit the calibration to annotated models."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.cli.rules import inputs
from curation.errors import InputError

if TYPE_CHECKING:
    from curation.tagging.calibration import Fitted

HELP = "fit the weight of rules and the meaning of probabilities"
EXAMPLE = "curate rules fit --gold gold.jsonl --from models.parquet"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the sub-command."""
    inputs.add_gold(parser, required=True)
    inputs.add_sources(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if out of date")
    parser.add_argument(
        "--file", type=Path, metavar="TOML", help="calibration to write (default: the shipped one)"
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Write the calibration; with ``--check`` return 1 if it would be another."""
    from curation.store import atomic
    from curation.tagging import calibration
    from curation.tagging.governance.render import render

    path = options.file or calibration.FILE
    fitted = _fit(options, calibration.load(path), out)
    text = render(fitted).encode()
    stale = text != path.read_bytes()
    for facet, rules in fitted.facets.items():
        out.line(f"{facet:12} slope {rules.slope:4}  bias {rules.bias:4}  accept {rules.accept}")
    out.line(f"{len(fitted.factors)} rules count for another weight than written")
    out.data({"path": str(path), "changed": stale, "fitted": fitted})
    if options.check:
        if stale:
            out.note(f"{path}: out of date; run 'curate rules fit' without --check")
        return int(stale)
    if stale:
        atomic.replace(path, text)
    return 0


def _fit(options: argparse.Namespace, written: Fitted, out: Output) -> Fitted:
    from curation import packs, pipeline
    from curation.tagging import Tagger
    from curation.tagging.governance.fit import fit

    gold = inputs.read_gold(options.gold)
    with out.progress("hearing models", len(gold)) as progress:
        heard = list(pipeline.hear_gold(gold, options.sources, Tagger(), progress.advance))
    if not heard:
        raise InputError("none of the annotated models is in these files")
    with out.progress("fitting"):
        return fit(heard, packs.stock(), written)
