"""From a place in a value to the line of the file that says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curation.checks import json_lines, toml_lines

Path = tuple[str | int, ...]


def lines_of(path: str, text: str, places: Sequence[Path]) -> list[int]:
    """The line of each place; for one that is not in the text, that of what it belongs in."""
    if path.endswith(".json"):
        found = json_lines.scan(text, places).lines
    else:
        found = toml_lines.lines(text)
    return [_nearest(found, place) for place in places]


def pointer(place: Path) -> str:
    """``place`` as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in place)


def _nearest(found: Mapping[Path, int], place: Path) -> int:
    while place not in found and place:
        place = place[:-1]
    return found.get(place, 1)
