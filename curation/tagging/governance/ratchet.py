"""The ratchet: scores on annotated models may rise, but not fall, and a rise is written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curation.tagging.governance.evaluate import Scores

#: How far a score may rise before it must be written down.
SLACK = 0.02
#: Scores are committed with so many digits; less than the last of them is no fall.
_DIGITS = 3
_ROUNDING = 0.5 * 10**-_DIGITS

Table = Mapping[str, float]


def scores(found: Scores) -> dict[str, float]:
    """Accuracy or F1 of every facet that could be scored."""
    single = ((name, one.accuracy) for name, one in found.single.items())
    several = ((name, sets.f1) for name, sets in found.sets.items())
    return {name: score for name, score in (*single, *several) if score is not None}


def complaints(found: Table, committed: Table) -> Iterator[str]:
    """What speaks against ``found``, given what was reached before."""
    for name in sorted({*found, *committed}):
        if name not in committed or name not in found:
            yield f"{name}: scored {found.get(name)}, committed {committed.get(name)}"
        elif found[name] < committed[name] - _ROUNDING:
            yield f"{name}: fell from {committed[name]} to {found[name]}"
        elif found[name] > committed[name] + SLACK:
            rise = f"rose from {committed[name]} to {found[name]}"
            yield f"{name}: {rise}; write it down: python scripts/build_gold.py --ratchet"


def render(tables: Mapping[str, Mapping[str, Table]]) -> str:
    """The tables as TOML, one for each kind of input and each gold file."""
    return "".join(
        f"\n[{kind}.{name}]\n{_rows(table)}"
        for kind, files in tables.items()
        for name, table in files.items()
    )


def _rows(table: Table) -> str:
    return "".join(f'"{name}" = {round(score, _DIGITS)}\n' for name, score in table.items())
