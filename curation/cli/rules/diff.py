"""``curate rules diff``: which models change which tags between two versions of the packs."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.cli.rules import inputs

if TYPE_CHECKING:
    from curation.tagging.governance.moves import Group

HELP = "show which tags change between two versions of the packs, and why"
EXAMPLE = "curate rules diff main --from models.parquet"

#: Moves shown of each rule, unless asked for more.
_SHOWN = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the sub-command."""
    parser.add_argument(
        "base",
        metavar="BASE",
        help="git revision, release, PACK@VERSION, or folder with packs to compare with",
    )
    inputs.add_sources(parser)
    parser.add_argument(
        "--show", type=int, default=_SHOWN, metavar="N", help="models to show of each rule"
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Print what moved, by the rule that moved it; whether anything did is no matter."""
    from curation import pipeline
    from curation.tagging import Tagger
    from curation.tagging.governance import moves, versions

    base, head = versions.find(options.base), versions.present()
    old, new = Tagger(base.packs, base.fitted), Tagger(head.packs, head.fitted)
    models, found = 0, list[moves.Move]()
    with out.progress("tagging twice") as progress:
        for row, was, now in pipeline.tag_twice(options.sources, old, new):
            found += moves.moves(row, was, now)
            models += 1
            progress.advance()
    groups = moves.grouped(found)
    moved = len({move.id for move in found})
    out.line(f"{base.name} → {head.name}: {moved} of {models} models change")
    _show(groups, options.show, out)
    out.data({"base": base.name, "models": models, "moved": moved, "rules": groups})
    return 0


def _show(groups: Iterable[Group], most: int, out: Output) -> None:
    for group in groups:
        out.line(f"{out.style(group.rule, 'bold')}: {len(group.moves)}")
        for move in group.moves[:most]:
            old, new = (", ".join(values) or "-" for values in (move.old, move.new))
            out.line(f"  {move.id}: {move.facet}: {old} → {new}")
        if len(group.moves) > most > 0:
            out.line(f"  and {len(group.moves) - most} more")
