"""``curate team``: the smallest team of models for some needs, beside the best generalist."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from curation.cli import held
from curation.cli.output import Output
from curation.cli.table import counted

if TYPE_CHECKING:
    from curation.advise.team import Plan, Team

HELP = "choose the smallest team of models that covers some needs"
EXAMPLE = """
curate team --need "detect tables in scans" --need "transcribe speech" --budget 2GB
curate team --need "write code" --need "summarise text" --budget 10GB --licence permissive
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "--need",
        dest="needs",
        action="append",
        required=True,
        metavar="WORDS",
        help="something the team is to do, in words; say it once for each",
    )
    parser.add_argument(
        "--budget", required=True, metavar="SIZE", help="the most that all weigh together: 2GB"
    )
    parser.add_argument("--language", metavar="CODE", help="a language that each must know")
    parser.add_argument("--platform", metavar="NAME", help="where each must run")
    parser.add_argument(
        "--licence",
        "--license",
        metavar="ID",
        help="the id of a licence, or a class: permissive, copyleft",
    )
    held.arguments(parser)


def run(options: argparse.Namespace, out: Output) -> int:
    """Show the team, the generalist and the hybrid; 1 if the team misses a need."""
    import msgspec

    from curation.advise.team import team
    from curation.advise.wishes import size, wishes

    budget = size(options.budget)
    asked = wishes(language=options.language, platform=options.platform, licence=options.licence)
    where, models = held.models(options)
    plan = team(options.needs, models, budget, asked)
    _show(plan, where, out)
    out.data({"from": where, **msgspec.structs.asdict(plan)})
    return 1 if plan.team.missing else 0


def _show(plan: Plan, where: str, out: Output) -> None:
    from curation.advise.telling import NOT_COMPARED, understood
    from curation.advise.weight import shown

    out.line(f"{counted(len(plan.needs), 'need')}, {shown(plan.budget)} in all, from {where}")
    for need, reading in zip(plan.needs, plan.readings, strict=True):
        for text in understood(reading) if reading.understood else ():
            out.line(f"{need}: {text}")
    _team("team of models made for it", plan.team, out)
    if plan.generalist:
        _team("best single generalist", plan.generalist, out)
    if plan.hybrid:
        _team("hybrid: a generalist for the rest", plan.hybrid, out)
    out.line()
    for note in plan.notes:
        out.line(f"{out.style('!', 'yellow')} {note}")
    for need, names in plan.unsized.items():
        if need not in plan.team.missing:
            out.line(f"{need}: also fit, but state no size: {', '.join(names)}")
    teams = filter(None, (plan.team, plan.generalist, plan.hybrid))
    if any(one.declared for found in teams for one in found.members):
        out.line(NOT_COMPARED)
    out.line(out.style(f"reminder: {plan.reminder}", "dim"))


def _team(title: str, found: Team, out: Output) -> None:
    from curation.advise.telling import declared
    from curation.advise.weight import shown

    out.line()
    weight = f", at most {shown(found.total)}" if found.members else ""
    out.line(out.style(title, "bold") + f": {counted(len(found.members), 'model')}{weight}")
    for one in found.members:
        out.line(f"  {one.id}  {one.weight}")
        for need in one.covers:
            out.line(f"    {out.style('+', 'green')} {need}")
        for need in one.told:
            out.line(f"    {out.style('~', 'yellow')} {need}: may do it when told to")
        for warning in one.warnings:
            out.line(f"    {out.style('!', 'yellow')} {warning}")
        for text in declared(one.declared, one.revision):
            out.line(f"    {text}")
    for need in found.missing:
        out.line(f"  {out.style('-', 'red')} not covered: {need}")
