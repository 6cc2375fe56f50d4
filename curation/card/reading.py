"""From what the Hub served to text: decoded, newlines as ``\\n``, no byte order mark, bounded."""

from __future__ import annotations

import re

from curation.cards import Flaw

#: A longer README is cut to this many characters.
LIMIT = 512 * 1024

# C0 and DEL as bytes of UTF-8. A search for each is a memchr, which beats any regex over all.
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
#: The first byte of U+0080 to U+00BF in UTF-8; the C1 controls are half of them.
_LATIN = 0xC2
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(raw: str | bytes) -> tuple[str, list[Flaw]]:
    """The README's text, as all offsets count it, and the flaws of its characters."""
    flaws: list[Flaw] = []
    text = _decode(raw, flaws) if isinstance(raw, bytes) else raw
    text = _unix(text)
    if len(text) > LIMIT:
        text = _cut(text, flaws)
    if (data := _encode(text)) is None:
        text = _replace_surrogates(text, flaws)
        data = text.encode()
    if any(map(data.__contains__, _CONTROLS)) or _LATIN in data:
        flaws += _control_characters(text)
    return text, flaws


def _decode(raw: bytes, flaws: list[Flaw]) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = _unix(raw[: error.start].decode())
        message = f"byte {error.start} is not UTF-8: {error.reason}"
        flaws.append(Flaw("not-utf8", 1 + before.count("\n"), message))
        return raw.decode(errors="replace")


def _unix(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")


def _cut(text: str, flaws: list[Flaw]) -> str:
    kept = text[:LIMIT]
    message = f"{len(text):,} characters: only the first {LIMIT:,} are read"
    flaws.append(Flaw("oversized", 1 + kept.count("\n"), message))
    return kept


def _encode(text: str) -> bytes | None:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def _replace_surrogates(text: str, flaws: list[Flaw]) -> str:
    first = _SURROGATE.search(text)
    assert first is not None
    line = 1 + text.count("\n", 0, first.start())
    flaws.append(Flaw("not-utf8", line, f"U+{ord(first[0]):04X} is half a character"))
    return _SURROGATE.sub("\ufffd", text)


def _control_characters(text: str) -> list[Flaw]:
    found = _CONTROL.findall(text)
    if not found:
        return []
    line = 1 + text.count("\n", 0, text.index(found[0]))
    message = f"control character U+{ord(found[0]):04X}"
    if len(found) > 1:
        message += f", and {len(found) - 1:,} more"
    return [Flaw("control-character", line, message)]
