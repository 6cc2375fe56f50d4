"""``curate rules stats``: how often each rule fires, how right it is, what it is worth."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from curation.cli import table
from curation.cli.output import Output
from curation.cli.progress import Progress
from curation.cli.rules import inputs

if TYPE_CHECKING:
    from curation.tagging.governance.cases import Case
    from curation.tagging.governance.stats import RuleStats
    from curation.tagging.governance.survey import Survey
    from curation.tagging.tagger import Tagger

HELP = "show how often each rule fires, how right it is, what it is worth"
EXAMPLE = "curate rules stats --gold gold.jsonl --from models.parquet"

_COLUMNS = ("rule", "models", "chosen", "right", "of", "helps", "harms", "state", "mostly with")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the sub-command."""
    inputs.add_gold(parser, required=False)
    inputs.add_sources(parser)


def run(options: argparse.Namespace, out: Output) -> int:
    """Print a line for each rule; what needs gold is blank without it."""
    from curation import packs
    from curation.tagging import Tagger
    from curation.tagging.governance.stats import stats
    from curation.tagging.governance.worth import worth

    tagger = Tagger()
    survey, cases = _survey(options, tagger, out)
    with out.progress("weighing rules", len(cases)) as progress:
        worths = worth(_counted(cases, progress), packs.stock()) if options.gold else None
    found = stats(survey, packs.stock(), worths)
    _show(found, out)
    out.data({"annotated": len(cases), "rules": found})
    return 0


def _survey(options: argparse.Namespace, tagger: Tagger, out: Output) -> tuple[Survey, list[Case]]:
    """Count over all models, and keep those that gold annotates."""
    from curation import pipeline
    from curation.tagging.governance.cases import Case
    from curation.tagging.governance.survey import Survey

    survey, cases, lines = Survey(), list[Case](), inputs.read_gold(options.gold)
    with out.progress("hearing models") as progress:
        for row, gold in pipeline.models(options.sources, lines):
            heard = pipeline.hear(row, tagger)
            decided = tagger.decide(heard)
            survey.add(decided, gold)
            if gold is not None:
                cases.append(Case(gold, heard, decided))
            progress.advance()
    if missing := len({line.id for line in lines}) - len(cases):
        out.note(f"{missing} annotated models are in none of the files")
    return survey, cases


def _counted(cases: Iterable[Case], progress: Progress) -> Iterator[Case]:
    for case in cases:
        yield case
        progress.advance()


def _show(found: Iterable[RuleStats], out: Output) -> None:
    found = list(found)
    lines = table.lines([_COLUMNS, *(_cells(one) for one in found)])
    out.line(out.style(next(lines), "dim"))
    for line in lines:
        out.line(line)
    for state in ("dead", "shadowed"):
        named = [one.rule for one in found if one.state == state]
        out.line(f"{state}: {', '.join(named) or 'none'}")
    harmful = [one.rule for one in found if (one.harms or 0) > (one.helps or 0)]
    out.line(f"more harm than help: {', '.join(harmful) or 'none'}")


def _cells(one: RuleStats) -> tuple[str, ...]:
    return (
        one.rule,
        str(one.models),
        str(one.chosen),
        "" if one.precision is None else f"{one.precision:.2f}",
        str(one.judged or ""),
        str(one.helps or ""),
        str(one.harms or ""),
        one.state or "",
        next(iter(one.overlaps), ""),
    )
