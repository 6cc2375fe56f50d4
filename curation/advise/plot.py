"""The trade-off as a picture, for a slide: PNG or SVG, the same bytes for the same data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from curation.advise.statistics import FEWEST
from curation.advise.tradeoff import Tradeoff
from curation.errors import InputError, UsageError

FORMATS = (".png", ".svg")
_BAR, _FEW, _ERROR, _MUTED, _GRID = "#4477AA", "#AABBD0", "#222222", "#555555", "#DDDDDD"
#: No time of drawing, no random ids.
_METADATA: dict[str, dict[str, Any]] = {".svg": {"Date": None}, ".png": {"Software": None}}


def draw(found: Tradeoff, path: Path, source: str) -> None:
    """Write the picture. Raises UsageError for another format, or where matplotlib is missing."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"{path}: no format for a plot", hint=f"one of {', '.join(FORMATS)}")
    if not found.tiers:
        raise UsageError("there is nothing to plot", hint="no model states size and scope")
    matplotlib = _matplotlib()
    settings = {"svg.hashsalt": "curate", "font.size": 13, "svg.fonttype": "none"}
    with matplotlib.rc_context(settings):
        figure = _figure(found, source)
        try:
            figure.savefig(path, dpi=150, metadata=_METADATA[suffix])
            if suffix == ".svg":  # its lines end in blanks
                lines = path.read_bytes().splitlines()
                path.write_bytes(b"".join(line.rstrip() + b"\n" for line in lines))
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {error.strerror}") from error


def _matplotlib() -> Any:
    try:
        import matplotlib
    except ImportError as error:
        raise UsageError(
            "matplotlib is not installed", hint="pip install 'curate-models[plot]'"
        ) from error
    return matplotlib


def _figure(found: Tradeoff, source: str) -> Any:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 5.625))
    figure.subplots_adjust(left=0.09, right=0.97, top=0.8, bottom=0.23)
    axes = figure.add_subplot()
    _bars(axes, found)
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.grid(axis="y", color=_GRID)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_xlabel(f"stated size, in {found.measure}", labelpad=8)
    figure.text(0.03, 0.93, _title(found), fontsize=19, fontweight="bold")
    told = "Share of specialized models by size, with 95% intervals"
    few = f"; pale: fewer than {FEWEST} models" if _any_few(found) else ""
    figure.text(0.03, 0.865, told + few, fontsize=13, color=_MUTED)
    # A file may be named "$a$", which is no formula.
    figure.text(0.03, 0.025, _footer(found, source), fontsize=10, color=_MUTED, parse_math=False)
    return figure


def _bars(axes: Any, found: Tradeoff) -> None:
    shares = list(found.tiers.values())
    heights = [one.share for one in shares]
    # Rounding can put an end of an interval a hair inside of a share of all or of none.
    errors = [
        [max(0.0, one.share - one.interval[0]) for one in shares],
        [max(0.0, one.interval[1] - one.share) for one in shares],
    ]
    labels = [f"{name}\nn = {one.n:,}" for name, one in found.tiers.items()]
    colours = [_FEW if one.n < FEWEST else _BAR for one in shares]
    axes.bar(labels, heights, color=colours, width=0.62)
    axes.errorbar(labels, heights, yerr=errors, fmt="none", ecolor=_ERROR, capsize=5)
    for place, one in enumerate(shares):
        axes.text(place - 0.05, one.share + 0.015, f"{one.share:.0%}", ha="right", fontsize=15)


def _any_few(found: Tradeoff) -> bool:
    return any(one.n < FEWEST for one in found.tiers.values())


def _title(found: Tradeoff) -> str:
    if found.verdict == "no relation shown":
        return "No relation between size and breadth is shown here"
    return f"Here, {found.verdict}"


def _footer(found: Tradeoff, source: str) -> str:
    rho, interval = found.correlation.spearman, found.correlation.spearman_interval
    told = (
        "too few models for a correlation"
        if rho is None or interval is None
        else f"Spearman {rho:+.2f}, 95% interval {interval[0]:+.2f} to {interval[1]:+.2f}"
    )
    return f"{source}: {found.n:,} of {found.models:,} models state size and scope. {told}."
