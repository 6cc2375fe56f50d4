"""Canonical JSON: one way to write a value, so that files differ only where facts do.

Keys sorted, UTF-8, one list item a line, a newline at the end. An item or member without
containers inside stays on one line, which keeps a tag's evidence readable in a diff.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

import msgspec

#: An object that is a list's item and holds no other container, spread over lines.
#: The two spaces before it say that it is an item, not a member. Begins with a literal, which is
#: found fast, and never goes back.
_FLAT_ITEM = re.compile(
    r'\{\n(?<=  \{\n)( ++)("[^\n]*+(?<![\[{])(?:\n\1"[^\n]*+(?<![\[{]))*+)\n *+\}'
)


def dumps(value: Any) -> str:
    """The canonical text of ``value`` (builtins or our frozen types)."""
    data = msgspec.json.encode(value, order="sorted")
    text = msgspec.json.format(data, indent=2).decode()
    return _FLAT_ITEM.sub(_on_one_line, text) + "\n"


def digest(value: Any) -> str:
    """``sha256:…`` over the compact canonical form of ``value``."""
    return hash_bytes(msgspec.json.encode(value, order="deterministic"))


def hash_bytes(data: bytes) -> str:
    """``sha256:…`` of raw bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _on_one_line(item: re.Match[str]) -> str:
    indent, members = item.groups()
    return "{" + members.replace("\n" + indent, " ") + "}"
