"""``curate eval``: score tags against annotated models."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curation.cli.output import Output

if TYPE_CHECKING:
    from curation.tagging.governance.evaluate import Scores

HELP = "score tags against annotated models"
EXAMPLE = "curate eval gold.jsonl --from models.parquet"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help="annotated models")
    parser.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        type=Path,
        required=True,
        metavar="FILE",
        help="Parquet or JSON lines that hold these models",
    )
    parser.add_argument("--errors", action="store_true", help="list every field that differs")


def run(options: argparse.Namespace, out: Output) -> int:
    """Score each gold file on its own, and show the scores."""
    from curation import pipeline
    from curation.tagging import Tagger
    from curation.tagging.governance import evaluate, gold

    tagger, results = Tagger(), {}
    for path in options.gold:
        lines = gold.read_gold(path)
        with out.progress(f"tagging for {path.name}") as progress:
            rows = pipeline.tag_gold(lines, options.sources, tagger, progress.advance)
        results[str(path)] = evaluate.score(lines, rows)
    for name, scores in results.items():
        _show(name, scores, out, errors=options.errors)
    out.data({"files": results})
    return 0


def _show(name: str, scores: Scores, out: Output, *, errors: bool) -> None:
    out.line(f"{name}: {scores.models} models")
    for field, found in scores.single.items():
        out.line(f"  {field:22} accuracy {_number(found.accuracy)}  ({found.right}/{found.n})")
    for field, sets in scores.sets.items():
        out.line(
            f"  {field:22} F1 {_number(sets.f1)}  precision {_number(sets.precision)}"
            f"  recall {_number(sets.recall)}  exact {_number(sets.exact)}"
        )
    for facet, sure in scores.certainty.items():
        out.line(
            f"  {facet:22} calibration error {_number(sure.ece)}"
            f"  accepted {_number(sure.precision)} right, {_number(sure.coverage)} of {sure.n}"
        )
    if scores.missing:
        out.note(f"{name}: {len(scores.missing)} models are in none of the inputs")
    for error in scores.errors if errors else ():
        out.line(f"  {error.id}: {error.field}: gold {_shown(error.gold)}, got {_shown(error.got)}")


def _number(value: float | None) -> str:
    return "    --" if value is None else f"{value:6.4f}"


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(value) or "nothing"
    return str(value)
