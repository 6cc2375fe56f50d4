"""What each code means, with a catalog that has the finding and one that has not."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from curation.checks.codes import CODES
from curation.errors import UsageError

_FILE = Path(__file__).with_name("examples.toml")


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a code is held against a catalog.

    The fields are explained at the top of ``examples.toml``.
    """

    why: str
    wrong: dict[str, str]
    right: dict[str, str]
    raw: bool = False
    tagged: Literal["before", "after"] | None = None
    before: tuple[str, ...] = ()
    links: dict[str, str] = {}


@cache
def pages() -> dict[str, Page]:
    """The page of each code."""
    return msgspec.convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), dict[str, Page])


def page(code: str) -> Page:
    """The page of one code. Raises UsageError for what is no code."""
    if code not in CODES:
        import difflib

        close = difflib.get_close_matches(code.upper(), CODES, n=1)
        hint = f"did you mean {close[0]}?" if close else "docs/checks.md lists the codes"
        raise UsageError(f"no code {code[:20]!a}", hint=hint)
    return pages()[code]


def place(path: str) -> str:
    """Where a file of an example lies, seen from the folder that holds the catalog."""
    return path[1:] if path.startswith("/") else f"catalog/{path}"
