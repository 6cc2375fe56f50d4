"""The trade-off as a picture, for a slide: PNG or SVG, the same bytes for the same data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from curation.advise.tradeoff import Tradeoff
from curation.errors import InputError, UsageError

FORMATS = (".png", ".svg")
_BAR, _ERROR, _MUTED = "#4477AA", "#222222", "#666666"
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

    figure = Figure(figsize=(10, 5.6), layout="constrained")
    axes = figure.add_subplot()
    shares = list(found.tiers.values())
    heights = [one.share for one in shares]
    errors = [
        [one.share - one.interval[0] for one in shares],
        [one.interval[1] - one.share for one in shares],
    ]
    labels = [f"{name}\nn = {one.n:,}" for name, one in found.tiers.items()]
    axes.bar(labels, heights, color=_BAR, width=0.6)
    axes.errorbar(labels, heights, yerr=errors, fmt="none", ecolor=_ERROR, capsize=5)
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_ylabel("specialized models")
    axes.set_xlabel(f"stated size, in {found.measure}")
    axes.spines[["top", "right"]].set_visible(False)
    figure.suptitle(_title(found), fontsize=16, fontweight="bold")
    axes.set_title(_subtitle(found, source), fontsize=11, color=_MUTED)
    return figure


def _title(found: Tradeoff) -> str:
    if found.verdict == "no relation shown":
        return "No relation between size and breadth is shown here"
    return f"Here, {found.verdict}"


def _subtitle(found: Tradeoff, source: str) -> str:
    rho, interval = found.correlation.spearman, found.correlation.spearman_interval
    told = (
        "too few models for a correlation"
        if rho is None or interval is None
        else f"Spearman {rho:+.2f}, 95% interval {interval[0]:+.2f} to {interval[1]:+.2f}"
    )
    return f"{source}: {found.n:,} of {found.models:,} models state a size and a scope; {told}"
