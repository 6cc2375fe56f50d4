"""Rows of bulk files: which columns are read, and how a row becomes facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from curation import ids
from curation.errors import InputError
from curation.hub.payload import decode, facts, from_fields, jsontext
from curation.hub.payload.shape import Payload
from curation.records import Facts

#: Columns that may hold the id; the first that is there counts.
IDS = ("id", "modelId")
#: Column → field of the Hub's model JSON.
FIELDS = {
    "author": "author",
    "baseModels": "baseModels",
    "cardData": "cardData",
    "card_data": "cardData",
    "config": "config",
    "createdAt": "createdAt",
    "created_at": "createdAt",
    "disabled": "disabled",
    "downloads": "downloads",
    "evalResults": "evalResults",
    "gated": "gated",
    "gguf": "gguf",
    "lastModified": "lastModified",
    "last_modified": "lastModified",
    "library_name": "library_name",
    "likes": "likes",
    "model-index": "model-index",
    "pipeline_tag": "pipeline_tag",
    "private": "private",
    "safetensors": "safetensors",
    "sha": "sha",
    "siblings": "siblings",
    "tags": "tags",
}
#: Fields that tables often hold as JSON text.
_NESTED = frozenset(
    {"baseModels", "cardData", "config", "evalResults", "gguf", "model-index", "safetensors"}
    | {"siblings", "tags"}
)
#: All columns that are read.
COLUMNS = (*IDS, "info", "card", *FIELDS)
_FLAGS = {"true": True, "false": False}


class Row(msgspec.Struct, frozen=True):
    """One model of a bulk file. ``card`` is its README.md, null where the file has none.

    ``flaws`` names what was dropped from the row, as paths.
    """

    id: str
    facts: Facts
    card: str | None = None
    flaws: tuple[str, ...] = ()
    downloads: int | None = None
    likes: int | None = None


class RowError(msgspec.Struct, frozen=True):
    """A row that is no model; ``row`` counts from 1 (in JSON lines: the line)."""

    path: str
    row: int
    id: str | None
    message: str


class Unreadable(msgspec.Struct, frozen=True):
    """Stands for a cell whose content cannot be read at all."""

    reason: str


def require(columns: Iterable[str], where: str) -> None:
    """Raise InputError unless these columns name models and say something of them."""
    names = set(columns)
    shown = ids.clip(", ".join(sorted(names)) or "none", 120)
    if not names.intersection(IDS):
        raise InputError(
            f"{where}: no column 'id' or 'modelId'", hint=f"its columns are: {shown!a}"
        )
    if names.isdisjoint(COLUMNS[len(IDS) :]):
        raise InputError(
            f"{where}: nothing but ids", hint="expected a column 'info', 'card', 'tags' or another"
        )


def build(values: Mapping[str, Any], *, source: str | None, read_at: str | None) -> Row:
    """The row in ``values`` (column → cell). Raises InputError if it is no model."""
    model_id = _id(values)
    payload = _payload(values)
    card, flaws = _card(values.get("card"))
    return Row(
        id=model_id,
        facts=facts(payload, source=source, read_at=read_at),
        card=card,
        flaws=(*payload.flaws, *flaws),
        downloads=payload.downloads,
        likes=payload.likes,
    )


def id_of(values: Mapping[str, Any]) -> str | None:
    """The id of a row, legal or not; None if it has none."""
    return next((cell for name in IDS if isinstance(cell := values.get(name), str)), None)


def _id(values: Mapping[str, Any]) -> str:
    found = id_of(values)
    if found is None:
        raise InputError("no id")
    return ids.check(found)


def _payload(values: Mapping[str, Any]) -> Payload:
    info = values.get("info")
    if isinstance(info, str | bytes):
        return decode(info)
    if isinstance(info, Unreadable):
        raise InputError(f"info: {info.reason}")
    if info is not None and not isinstance(info, Mapping):
        raise InputError("info: neither JSON text nor an object")
    return from_fields(_fields(values) if info is None else info)


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        FIELDS[name]: _cell(FIELDS[name], cell)
        for name, cell in values.items()
        if cell is not None and name in FIELDS
    }


def _cell(field: str, cell: Any) -> Any:
    """A cell as the Hub's JSON has it: tables turn structures and flags into text."""
    if isinstance(cell, Unreadable):
        raise InputError(f"{field}: {cell.reason}")
    if isinstance(cell, str) and field in _NESTED:
        cell = jsontext.value(cell)
    if isinstance(cell, str) and field == "gated":
        return _FLAGS.get(cell.lower(), cell)
    if isinstance(cell, dict):
        return _present(cell)
    return cell


def _present(cell: dict[str, Any]) -> dict[str, Any]:
    """Columnar structures have every key in every row; absent ones are null."""
    return {
        key: _present(value) if isinstance(value, dict) else value
        for key, value in cell.items()
        if value is not None
    }


def _card(cell: Any) -> tuple[str | None, tuple[str, ...]]:
    if cell is None:
        return None, ()
    if not isinstance(cell, str):
        return None, ("card",)
    try:
        cell.encode()
    except UnicodeEncodeError:
        return cell.encode("utf-8", "replace").decode(), ("card",)
    return cell, ()
