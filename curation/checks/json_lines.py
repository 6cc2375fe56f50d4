"""On which line of a JSON text something stands, and which keys it has twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

Path = tuple[str | int, ...]

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


class Scan(NamedTuple):
    """Lines count from 1. A member stands on the line of its key."""

    lines: dict[Path, int]
    twice: list[tuple[Path, int]]


class _Node(dict[str | int, "_Node"]):
    """A step of the wanted paths; ``path`` is set where one ends."""

    path: Path | None = None


class _Frame:
    """An open container: what is wanted in it, and where in it we are."""

    __slots__ = ("keys", "node", "step", "wants_key")

    def __init__(self, opening: str, node: _Node | None) -> None:
        self.node = node
        self.keys: set[str] | None = set() if opening == "{" else None
        self.step: str | int = "" if opening == "{" else 0
        self.wants_key = opening == "{"


def scan(text: str, wanted: Iterable[Path]) -> Scan:
    """Find the ``wanted`` paths and all keys that are there twice, in a text that is JSON."""
    found = _Scanner(text, _tree(wanted))
    for match in _TOKEN.finditer(text):
        found.take(match[0], match.start())
    return Scan(found.lines, found.twice)


class _Scanner:
    def __init__(self, text: str, root: _Node) -> None:
        self.lines: dict[Path, int] = {}
        self.twice: list[tuple[Path, int]] = []
        self._text = text
        self._root = root
        self._stack: list[_Frame] = []
        self._at = 0
        self._line = 1

    def take(self, token: str, start: int) -> None:
        """The next token of the text."""
        frame = self._stack[-1] if self._stack else None
        if token in "}]":
            self._stack.pop()
        elif token == ",":
            assert frame
            if isinstance(frame.step, int):
                frame.step += 1
            frame.wants_key = frame.keys is not None
        elif frame and frame.wants_key:
            self._key(frame, token, start)
        elif token != ":":
            self._value(frame, token, start)

    def _key(self, frame: _Frame, token: str, start: int) -> None:
        key = json.loads(token) if "\\" in token else token[1:-1]
        frame.step, frame.wants_key = key, False
        assert frame.keys is not None
        if key in frame.keys:
            path = tuple(frame.step for frame in self._stack)
            self.twice.append((path, self._line_of(start)))
        frame.keys.add(key)
        self._mark(_below(frame), start)

    def _value(self, frame: _Frame | None, token: str, start: int) -> None:
        node = _below(frame) if frame else self._root
        if frame is None or frame.keys is None:
            self._mark(node, start)
        if token in "{[":
            self._stack.append(_Frame(token, node))

    def _mark(self, node: _Node | None, start: int) -> None:
        if node is not None and node.path is not None:
            self.lines[node.path] = self._line_of(start)

    def _line_of(self, start: int) -> int:
        self._line += self._text.count("\n", self._at, start)
        self._at = start
        return self._line


def _below(frame: _Frame) -> _Node | None:
    return frame.node.get(frame.step) if frame.node is not None else None


def _tree(wanted: Iterable[Path]) -> _Node:
    root = _Node()
    for path in wanted:
        node = root
        for depth, step in enumerate(path, 1):
            node = node.setdefault(step, _Node())
            node.path = path[:depth]
    root.path = ()
    return root
