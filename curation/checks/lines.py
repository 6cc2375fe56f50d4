"""From a place in a value to the line of the file that says it.

The scanners are imported only then: most runs point at nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Path = tuple[str | int, ...]


def lines_of(path: str, text: str, places: Sequence[Path]) -> list[int]:
    """The line of each place; for one that is not in the text, that of what it belongs in."""
    found = _lines(path, text, places)
    return [_nearest(found, place) for place in places]


def _lines(path: str, text: str, places: Sequence[Path]) -> dict[Path, int]:
    if path.endswith(".json"):
        from curation.checks import json_lines

        return json_lines.scan(text, places).lines
    if path.endswith(".csv"):
        return _rows(text)
    from curation.checks import toml_lines

    return toml_lines.lines(text)


def _rows(text: str) -> dict[Path, int]:
    rows = enumerate(text.split("\n"), 1)
    return {(row.partition(",")[0],): number for number, row in rows}


def pointer(place: Path) -> str:
    """``place`` as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in place)


def place_of(pointer_: str | None) -> Path:
    """The place that a JSON pointer means; digits are taken for the index of a list."""
    steps = (pointer_ or "").split("/")[1:]
    plain = (step.replace("~1", "/").replace("~0", "~") for step in steps)
    return tuple(int(step) if step.isdecimal() else step for step in plain)


def _nearest(found: Mapping[Path, int], place: Path) -> int:
    while place not in found and place:
        place = place[:-1]
    return found.get(place, 1)
