"""One form for all text that is matched: lower case, separators as spaces, same length.

Offsets in the normal form are offsets in the original, so that evidence can name its line.
"""

from __future__ import annotations

#: Around a one-line signal, so that ``^`` and ``$`` are ordinary characters of a pattern.
START, END = "\x02", "\x03"
#: At the end of a pattern where the word may go on.
OPEN = "*"


def normal(text: str) -> str:
    """``text`` in the form that patterns are matched in; of equal length."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals grow when lowered, such as the dotted İ
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.replace("\n", " ").replace("-", " ").replace("_", " ")


def line_signal(text: str) -> str:
    """A one-line signal as it is scanned: normal form between its anchors."""
    return f"{START}{normal(text)}{END}"


def pattern(term: str) -> str:
    """The pattern of a rule's ``term``, its anchors replaced."""
    body = normal(term.removeprefix("^").removesuffix("$")).strip()
    return (START if term.startswith("^") else "") + body + (END if term.endswith("$") else "")


def is_word(char: str) -> bool:
    """Whether a word could go on at ``char``: letters and digits of scripts that use spaces."""
    return char.isalnum() and not _spaceless(char)


def _spaceless(char: str) -> bool:
    """Thai, Lao, Tibetan, Myanmar, Khmer, Kana and Han write words without spaces between."""
    code = ord(char)
    return 0x0E00 <= code <= 0x109F or 0x1780 <= code <= 0x17FF or 0x3040 <= code <= 0x9FFF
