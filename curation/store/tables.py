"""Where a table stands in a TOML file, so that one can be replaced and the rest stay as it is.

The standard parser is the judge: a line that looks like a header is one if all that stands before
it is TOML on its own. (tomlkit counts the comment above a table to the table before it, and takes
it along when that one goes.)
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

_SILENT = re.compile(r"[ \t]*(?:#.*)?\r?\n?\Z")


class Place(NamedTuple):
    """A table by its lines: its header, the line after its last key, and comments of its own."""

    header: int
    end: int
    comments: tuple[str, ...]


def lines_of(text: str) -> list[str]:
    """The lines of a TOML file, with their line breaks; nothing but LF ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def find(lines: list[str], path: tuple[str, ...]) -> Place | None:
    """The table under the header ``[path]``, or None if it is not written so.

    ``lines`` are those of a file that is TOML, with their line breaks.
    """
    header = next((n for n, _ in _headers(lines, path)), None)
    if header is None:
        return None
    following = (n for n, name in _headers(lines, None) if n > header)
    end = next(following, len(lines))
    while end > header + 1 and _is_silent(lines, end - 1):
        end -= 1
    own = (n for n in range(header + 1, end) if _is_silent(lines, n) and lines[n].strip())
    return Place(header, end, tuple(lines[n] for n in own))


def _headers(lines: list[str], path: tuple[str, ...] | None) -> list[tuple[int, tuple[str, ...]]]:
    """Number and name of each header; of the one called ``path`` if that is given."""
    found = []
    for number, line in enumerate(lines):
        name = _name(line)
        if name and path in (None, name) and _is_toml(lines[:number]):
            found.append((number, name))
    return found


def _name(line: str) -> tuple[str, ...]:
    """The name in a header, () for a line that cannot be one."""
    if not line.lstrip(" \t").startswith("["):
        return ()
    try:
        value: object = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    name = []
    while isinstance(value, dict) and value:
        ((key, value),) = value.items()
        name.append(key)
    return tuple(name)


def _is_silent(lines: list[str], number: int) -> bool:
    """Whether the line is blank or a comment, and not part of a longer text."""
    return bool(_SILENT.match(lines[number])) and _is_toml(lines[:number])


def _is_toml(lines: list[str]) -> bool:
    try:
        tomllib.loads("".join(lines))
    except tomllib.TOMLDecodeError:
        return False
    return True
