"""Licences: one id for the many ways to write it, and what kind of licence it is.

The Hub's ids and their categories are in ``packs/vocabularies/licences.toml``; all other SPDX ids,
and expressions such as ``MIT OR Apache-2.0``, are read by license-expression, imported only then.
Nothing is defaulted: what is not recognised has the category ``unknown``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from curation import roots
from curation.errors import InputError

Category = Literal["permissive", "copyleft", "restricted", "non-commercial", "other", "unknown"]
#: From free to not known: of licences that all hold, the last counts; of a choice, the first.
_STRICTNESS: tuple[Category, ...] = (
    "permissive", "copyleft", "restricted", "non-commercial", "other", "unknown",
)  # fmt: skip
_LONGEST = 200
_SCANCODE = "scancode categories"
#: Words that are in one spelling of a licence's name and not in another.
_FILLERS = frozenset({
    "agreement", "an", "any", "generic", "international", "licence", "licences", "license",
    "licenses", "of", "the", "unported", "v", "ver", "version",
})  # fmt: skip


class Licence(msgspec.Struct, frozen=True, kw_only=True):
    """``id`` as on the Hub, or SPDX in lower case, or the text itself where it is not known.

    ``spdx`` is the SPDX id or expression, None where there is none.
    """

    id: str
    spdx: str | None
    name: str
    category: Category


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    label: str
    category: Category
    reason: str
    spdx: str | None = None
    aliases: tuple[str, ...] = ()


class _Table(msgspec.Struct, frozen=True):
    rows: dict[str, _Row]
    scancode: dict[str, Category]
    index: dict[str, str]


@lru_cache(maxsize=4096)
def normalize(text: str) -> Licence:
    """The licence that ``text`` means: an id, a name, an SPDX expression, or a variant of these."""
    table = _table()
    if known := table.index.get(_key(text)):
        row = table.rows[known]
        return Licence(id=known, spdx=row.spdx, name=row.label, category=row.category)
    return _by_library(text.strip()) or _unrecognised(text)


def known() -> tuple[str, ...]:
    """All ids of the table, sorted: those of the Hub, and families whose version is not told."""
    return tuple(_table().rows)


@cache
def _table() -> _Table:
    return _read(roots.VOCABULARIES / "licences.toml")


def _read(path: Path) -> _Table:
    try:
        tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        scancode = msgspec.convert(tables.pop(_SCANCODE), dict[str, Category])
        rows = msgspec.convert(tables, dict[str, _Row])
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {error.strerror}", hint="reinstall curate-models"
        ) from error
    except (KeyError, ValueError, msgspec.ValidationError) as error:
        raise InputError(
            f"{path}: not a table of licences: {error}",
            hint="its first lines say what it must hold",
        ) from error
    index = {_key(name): slug for slug, row in rows.items() for name in _spellings(slug, row)}
    return _Table(rows, scancode, index)


def _spellings(slug: str, row: _Row) -> tuple[str, ...]:
    return (slug, row.label, *row.aliases, *([row.spdx] if row.spdx else []))


def _key(text: str) -> str:
    """``text`` as licences are compared: ``Apache License, Version 2`` is ``apache-2.0``."""
    words = re.findall(r"[a-z0-9.+?*]+", text[:_LONGEST].casefold())
    plain = (re.sub(r"^v(?=\d)", "", word).strip(".") for word in words)
    return "-".join(
        f"{word}.0" if word.isdigit() else word for word in plain if word and word not in _FILLERS
    )


def _by_library(text: str) -> Licence | None:
    if not text or len(text) > _LONGEST:
        return None
    from license_expression import ExpressionError

    licensing = _licensing()
    try:
        parsed = licensing.parse(text, simple=False)
    except (ExpressionError, ValueError, IndexError):  # its parser trips on "()"
        return None
    if parsed is None or licensing.unknown_license_keys(parsed):
        return None
    spdx = str(parsed)
    return Licence(
        id=spdx.lower(),
        spdx=None if "licenseref-" in spdx.lower() else spdx,
        name=spdx,
        category=_category(parsed),
    )


@cache
def _licensing() -> Any:
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


def _category(parsed: Any) -> Category:
    """The category of an expression: its strictest part's, or its freest's where one may choose."""
    if parts := getattr(parsed, "args", ()):
        found = sorted((_category(part) for part in parts), key=_STRICTNESS.index)
        return found[0] if type(parsed).__name__ == "OR" else found[-1]
    symbol = getattr(parsed, "license_symbol", parsed)
    return _of_spdx(symbol.key)


def _of_spdx(spdx: str) -> Category:
    table = _table()
    family = re.sub(r"-\d.*", "", spdx.lower())
    for known in (table.index.get(_key(spdx)), table.index.get(family)):
        if known:
            return table.rows[known].category
    return table.scancode.get(_scancode().get(spdx, ""), "unknown")


@cache
def _scancode() -> dict[str, str]:
    """SPDX id → category of ScanCode."""
    from license_expression import get_license_index

    return {row["spdx_license_key"]: row["category"] for row in get_license_index()}


def _unrecognised(text: str) -> Licence:
    said = text.strip()[:_LONGEST]
    return Licence(id=said or "unknown", spdx=None, name=said or "Unknown", category="unknown")
