"""``rejections.toml``: what was declined, appended to with everything else left as it is."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from curation.store import atomic, toml, tree
from curation.store.ledgers import Rejection, Rejections, Tombstone, Tombstones

T = TypeVar("T")

FILE = "rejections.toml"


def read(root: Path) -> tuple[Rejection, ...]:
    """The rejections of the catalog in ``root``; an absent file has none. Raises InputError."""
    return _load(root / FILE, Rejections).rejections


def tombstones(root: Path) -> tuple[Tombstone, ...]:
    """The models that left the catalog in ``root``. Raises InputError."""
    return _load(root / "tombstones.toml", Tombstones).tombstones


def append(root: Path, new: Iterable[Rejection]) -> None:
    """Write ``new`` behind what is there, comments and all. Raises InputError."""
    path = root / FILE
    try:
        text = tree.read(path)
    except FileNotFoundError:
        text = b""
    gap = b"\n" if text and not text.endswith(b"\n") else b""
    data = text + gap + "".join(map(_block, new)).encode()
    toml.decode(data, Rejections, str(path))  # what cannot be read is never written
    atomic.replace(path, data)


def _block(one: Rejection) -> str:
    fields = msgspec.structs.asdict(one)
    lines = [f"{name} = {_value(name, value)}" for name, value in fields.items() if value]
    return "\n".join(["", "[[rejections]]", *lines, ""])


def _value(name: str, value: str) -> str:
    if name == "on":
        return datetime.date.fromisoformat(value).isoformat()
    # A JSON text is a TOML one, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _load(path: Path, shape: type[T]) -> T:
    try:
        return toml.decode(tree.read(path), shape, str(path))
    except FileNotFoundError:
        return shape()
