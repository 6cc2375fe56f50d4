"""What is wrong with bytes that should be a file of ours.

Whoever reads a file turns a flaw into an InputError, whoever checks one into a finding.
"""

from __future__ import annotations

import re

#: The byte order mark, as UTF-8.
BOM = b"\xef\xbb\xbf"

_BYTE = re.compile(r" \(byte (\d+)\)$")
_POINTER = re.compile(r" - at `\$\.?(.*)`$", re.DOTALL)


class Flaw(ValueError):
    """Why bytes cannot be read; ``line`` counts from 1, None where nobody can tell."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line

    def at(self, where: str) -> str:
        """``where:line: what is wrong``."""
        return f"{where}:{self.line}: {self}" if self.line else f"{where}: {self}"


def utf8(data: bytes) -> str:
    """``data`` as text. Raises Flaw for what is not UTF-8 or starts with a byte order mark."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Flaw("not UTF-8", data.count(b"\n", 0, error.start) + 1) from error
    if text.startswith("\ufeff"):
        raise Flaw("starts with a byte order mark", 1)
    return text


def misfit(error: Exception) -> Flaw:
    """``key.path: what is wrong`` from a value that msgspec could not make its type of."""
    message = str(error)
    place = _POINTER.search(message)
    what = _lowered(message[: place.start()] if place else message)
    return Flaw(f"{place[1]}: {what}" if place and place[1] else what)


def not_json(error: Exception, data: bytes) -> Flaw:
    """Why msgspec could not read ``data`` as JSON, with the line."""
    if isinstance(error, RecursionError):
        return Flaw("nested too deeply")
    try:
        utf8(data)
    except Flaw as flaw:
        return flaw
    place = _BYTE.search(str(error))
    end = int(place[1]) if place else len(data)
    what = _lowered(_BYTE.sub("", str(error)).removeprefix("JSON is malformed: "))
    return Flaw(f"not JSON: {what}", data.count(b"\n", 0, end) + 1)


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
