"""Findings for people: one line each, and below it the source line, underlined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from curation.cli import terminal
from curation.cli.output import Output
from curation.cli.validate.formats import Told
from curation.records import Finding

#: Findings of one code that are shown; the other formats hold all.
_MOST = {"error": 200, "warning": 10, "note": 10}
_WIDTH = 100
_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


def write(told: Told, out: Output) -> None:
    """Print the findings, what was mended, and how many there are."""
    for one in told.places.located(_shown(told)):
        _line(one, told, out)
    for row in _cut(told):
        out.line(row)
    for path in told.mended:
        out.line(f"mended {told.places.here(path)}")
    out.line(total(told))


def _line(one: Finding, told: Told, out: Output) -> None:
    path = told.places.here(one.path)
    place = out.style(f"{path}:{one.line}" if one.line else path, "bold")
    severity = "" if one.severity == "error" else f"{one.severity}: "
    fix = f"; {worded(one.fix)}" if one.fix else ""
    code = out.style(one.code, _COLOURS[one.severity])
    out.line(f"{place} {code} {severity}{one.message}{fix}")
    source = told.places.excerpt(one)
    if source is not None:
        for row in _excerpt(one.line or 1, source):
            out.line(out.style(row, "dim"))


def _excerpt(number: int, source: str) -> Iterator[str]:
    source = terminal.escape(source.expandtabs(4).rstrip())[:_WIDTH]
    bare = source.lstrip()
    if bare:
        yield f"{number:>6} | {source}"
        marked = bare.rstrip(",")
        yield f"{'':>6} | {' ' * (len(source) - len(bare))}{'^' * len(marked)}"


def _shown(told: Told) -> Iterator[Finding]:
    counts: Counter[str] = Counter()
    for one in told.findings:
        counts[one.code] += 1
        if counts[one.code] <= _MOST[one.severity] and not (told.quiet and one.severity != "error"):
            yield one


def _cut(told: Told) -> Iterator[str]:
    counts = Counter((one.code, _MOST[one.severity]) for one in told.findings)
    for (code, most), count in sorted(counts.items()):
        if count > most and not told.quiet:
            yield f"and {count - most} more of {code}; '--json' has all"


def total(told: Told) -> str:
    errors = [one for one in told.findings if one.severity == "error"]
    others = Counter(one.code for one in told.findings if one.severity != "error")
    files = len({one.path for one in errors})
    words = [f"findings: {len(errors)}, in files: {files}" if errors else "no findings"]
    if others:
        which = ", ".join(f"{code} {count}" for code, count in sorted(others.items()))
        words.append(f"warnings: {others.total()} ({which})")
    if told.waived:
        words.append(f"waived: {told.waived}")
    return "; ".join(words)


def worded(fix: str) -> str:
    return f"run '{fix}'" if fix.startswith("curate ") else fix
