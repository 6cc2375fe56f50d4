"""Making text safe to print: what the Hub says must not steer a terminal, a log or a CI run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TextIO

#: SGR codes of the style names that ``Output.style`` knows.
STYLES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}

# Controls (C0, DEL, C1), soft hyphen, direction marks and overrides, invisible separators, line
# and paragraph separators, byte order mark, surrogates, tag characters. The joiners U+200C and
# U+200D stay: scripts and emoji need them, and they steer nothing.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# The runner of GitHub Actions obeys '::' after leading blanks, and '##[' anywhere.
_WORKFLOW = re.compile(r"\A(\s*):(?=:)|#(?=#\[)")
_TOKEN = re.compile(r"hf_[A-Za-z0-9]{16,}")


def plain(lines: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The text of styled lines as a file holds it."""
    return "".join(f"{escape(text)}\n" for text, _ in lines)


def escape(text: str) -> str:
    """``text`` with whatever could steer a terminal written as ``\\u001b``, as JSON would."""
    return _UNSAFE.sub(_written, text)


def defuse(text: str) -> str:
    """One line that GitHub Actions will not take for a workflow command."""
    return _WORKFLOW.sub(lambda m: (m[1] or "") + _code(m[0][-1]), text)


def redact(text: str) -> str:
    """``text`` without anything shaped like a Hub token."""
    return _TOKEN.sub("hf_***", text)


def coloured(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether colours belong on ``stream``: a terminal, and nobody said no."""
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def _written(match: re.Match[str]) -> str:
    return _NAMED.get(match[0]) or _code(match[0])


def _code(character: str) -> str:
    number = ord(character)
    if number > 0xFFFF:
        number -= 0x10000
        return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
    return f"\\u{number:04x}"
