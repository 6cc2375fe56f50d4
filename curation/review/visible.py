"""Text of others made visible: nothing in it is unseen, and nothing turns its neighbours round."""

from __future__ import annotations

import unicodedata

#: Characters that show nothing though they count as letters or symbols.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")
#: Controls, formats (bidi, zero width, tags), surrogates, private use, unassigned, separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


def visible(text: str) -> str:
    """``text`` with whatever cannot be seen written as ``\\u202e``; a plain space stays."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_written(character) for character in text)


def _written(character: str) -> str:
    if character == " ":
        return character
    variation = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    if character in _BLANK or variation or unicodedata.category(character) in _UNSEEN:
        number = ord(character)
        return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    return character
