"""On which line of a TOML text a key stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

# A string may hold what looks like structure, so strings are read whole, the long ones first.
_STRING = (
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_PIECE = re.compile(rf"{_STRING}|#[^\n]*|[\[\]{{}}]|\n|[^\"'#\[\]{{}}\n]+", re.DOTALL)
_KEY = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
_KEYS = rf"[ \t]*(?:{_KEY.pattern})(?:[ \t]*\.[ \t]*(?:{_KEY.pattern}))*[ \t]*"
_HEADER = re.compile(rf"(\[\[?)({_KEYS})\]")
_DOTTED = re.compile(rf"({_KEYS})=")


def lines(text: str) -> dict[Path, int]:
    """The line, from 1, of each table and key outside of inline tables, in a text that is TOML."""
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    for line, statement in _statements(text):
        header = _HEADER.match(statement)
        dotted = _DOTTED.match(statement)
        if header:
            table = _resolve(_steps(header[2]), counts, opens=header[1] == "[[")
            _note(found, table, (), line)
        elif dotted:
            _note(found, table, _steps(dotted[1]), line)
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header and each ``key = value``, with the line on which it begins."""
    line, start, depth, pieces = 1, 1, 0, list[str]()
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece == "\n" and not depth:
            yield start, "".join(pieces).lstrip()
            pieces.clear()
            start = line + 1
        elif not piece.startswith("#"):
            depth += (piece in "[{") - (piece in "]}")
            pieces.append(piece)
        line += piece.count("\n")
    yield start, "".join(pieces).lstrip()


def _steps(dotted: str) -> Path:
    return tuple(_unquoted(match[0]) for match in _KEY.finditer(dotted))


def _unquoted(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    if key[0] != '"':
        return key
    import tomllib

    return next(iter(tomllib.loads(f"{key} = 0")))


def _resolve(steps: Path, counts: dict[Path, int], *, opens: bool) -> Path:
    """The full path of a header: a table in an array is the last of those opened so far."""
    path: Path = ()
    for depth, step in enumerate(steps, 1):
        path = (*path, step)
        if opens and depth == len(steps):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _note(found: dict[Path, int], table: Path, steps: Path, line: int) -> None:
    path = (*table, *steps)
    for depth in range(1, len(path) + 1):
        found.setdefault(path[:depth], line)
