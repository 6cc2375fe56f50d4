"""``curate match``: the models that fit a need, and why."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from curation.cli import held
from curation.cli.output import Output
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.advise.match import Answer, Match

HELP = "rank models by how well they fit a need in words, and say why"
EXAMPLE = """
curate match "detect tables in scanned invoices"
curate match "transcribe interviews" --language es --max-size 2GB --licence permissive
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument("need", metavar="NEED", help="what the model is to do, in words")
    parser.add_argument("--language", metavar="CODE", help="a language it must know: de, German")
    parser.add_argument("--platform", metavar="NAME", help="where it must run: browser, mobile")
    parser.add_argument("--max-size", metavar="SIZE", help="the most it may weigh: 200MB, 2GB")
    parser.add_argument(
        "--licence",
        "--license",
        metavar="ID",
        help="the id of a licence, or a class: permissive, copyleft",
    )
    parser.add_argument(
        "--limit", type=int, default=5, metavar="N", help="show so many (default: 5)"
    )
    held.arguments(parser)


def run(options: argparse.Namespace, out: Output) -> int:
    """Show what fits, or what comes nearest; 1 if nothing fits."""
    from curation.advise.match import match
    from curation.advise.wishes import wishes

    if options.limit < 1:
        raise UsageError(f"--limit {options.limit} shows nothing", hint="1 or more")
    asked = wishes(
        language=options.language,
        platform=options.platform,
        max_size=options.max_size,
        licence=options.licence,
    )
    where, models = held.models(options)
    answer = match(options.need, models, asked)
    _show(answer, where, options.limit, out)
    out.data(
        {
            "from": where,
            "need": answer.reading,
            "wishes": answer.wishes,
            "fits": answer.fits[: options.limit],
            "nearest": answer.nearest,
            "fitting": len(answer.fits),
            "searched": answer.searched,
            "reminder": answer.reminder,
        }
    )
    return 0 if answer.fits else 1


def _show(answer: Answer, where: str, limit: int, out: Output) -> None:
    from curation.advise.telling import NOT_COMPARED, understood

    shown = answer.fits[:limit] or answer.nearest
    for text in understood(answer.reading):
        out.line(text)
    if answer.fits:
        out.line(f"{len(answer.fits):,} of {answer.searched:,} models of {where} fit")
    else:
        out.line(f"nothing fits among {answer.searched:,} models of {where}")
        if shown:
            out.line("nearest:")
    for number, one in enumerate(shown, 1):
        out.line()
        _model(number, one, out)
    more = len(answer.fits) - len(shown)
    out.line()
    if more > 0:
        out.line(f"and {more:,} more; --limit shows them")
    if any(one.declared for one in shown):
        out.line(NOT_COMPARED)
    out.line(out.style(f"reminder: {answer.reminder}", "dim"))


def _model(number: int, one: Match, out: Output) -> None:
    from curation.advise.telling import declared

    size = str(one.weight) if one.weight else "size unknown"
    out.line(
        out.style(f"{number}. {one.id}", "bold") + f"  {size}, {one.license or 'licence unknown'}"
    )
    for mark, style, texts in (
        ("+", "green", one.why),
        ("!", "yellow", one.warnings),
        ("-", "red", one.lacks),
    ):
        for text in texts:
            out.line(f"   {out.style(mark, style)} {text}")
    for text in declared(one.declared, one.revision):
        out.line(f"   {text}")
