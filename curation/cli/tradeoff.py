"""``curate tradeoff``: whether smaller models are narrower, on the data as it is."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from curation.cli import held
from curation.cli.output import Output

if TYPE_CHECKING:
    from curation.advise.statistics import Correlation, Share
    from curation.advise.tradeoff import Tradeoff

HELP = "measure size against generality, over the models that state their size"
EXAMPLE = """
curate tradeoff
curate tag --from models.parquet --to tags.jsonl
curate tradeoff --from tags.jsonl --plot tradeoff.svg
"""
_METHODS = (
    "rho is Spearman's, tau is Kendall's b; 95% intervals: bootstrap for rho, Wilson for shares"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "--by", choices=("parameters", "bytes"), help="the size that counts (default: by data)"
    )
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw it: a .png or .svg")
    held.arguments(parser)


def run(options: argparse.Namespace, out: Output) -> int:
    """Show what the data say, and draw it if asked to."""
    from curation.advise.population import population
    from curation.advise.tradeoff import tradeoff

    where, models = held.models(options)
    measured = population(models, options.by)
    with out.progress("measuring"):
        found = tradeoff(measured)
    if options.plot:
        from curation.advise.plot import draw

        # Drawn before anything is said: who reads only the first lines still gets the picture.
        draw(found, options.plot, Path(where).name)
        out.note(f"drawn: {options.plot}")
    _show(found, where, out)
    out.data({"from": where, **_data(found)})
    return 0


def _data(found: Tradeoff) -> dict[str, object]:
    import msgspec

    return msgspec.structs.asdict(found)


def _show(found: Tradeoff, where: str, out: Output) -> None:
    out.line(
        f"{where}: {found.models:,} models, {found.sizeless:,} without a stated size,"
        f" {found.scopeless:,} of unknown scope; n = {found.n:,}, by {found.measure}"
    )
    if found.narrow is None:
        out.line(f"nothing can be measured: no model states its {found.measure} and its scope")
        return
    out.line()
    out.line(f"size with breadth: {_correlation(found.correlation)}")
    out.line(out.style(found.verdict, "bold"))
    _table(
        (found.measure, "specialized", "interval", "models"),
        [(name, *_share(one)) for name, one in found.tiers.items()],
        out,
    )
    _table(
        ("task", "specialized", "interval", "models", "size with breadth"),
        [(r.task, *_share(r.narrow), _correlation(r.correlation)) for r in found.tasks],
        out,
    )
    out.line()
    out.line('what speaks against "smaller is narrower":')
    for title, points in (
        ("small but general", found.small_but_broad),
        ("large but specialized", found.large_but_narrow),
    ):
        rows = [(one.id, f"{one.size:,}", ", ".join(one.kinds)) for one in points]
        _table((title, found.measure, "narrow in"), rows, out)
    out.line()
    out.line(out.style(_METHODS, "dim"))


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], out: Output) -> None:
    from curation.cli import table

    if rows:
        out.line()
        for line in table.lines([head, *rows]):
            out.line(line)


def _share(one: Share) -> tuple[str, str, str]:
    low, high = one.interval
    return f"{one.share:.0%}", f"{low:.0%} to {high:.0%}", f"{one.count:,}/{one.n:,}"


def _correlation(one: Correlation) -> str:
    if one.spearman is None or one.spearman_interval is None or one.kendall is None:
        return f"too few, or all alike (n = {one.n:,})"
    low, high = one.spearman_interval
    return f"rho {one.spearman:+.2f} ({low:+.2f} to {high:+.2f}), tau {one.kendall:+.2f}"
