"""JSON objects from text that others wrote."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from curation.errors import InputError

_NAMES = {list: "a list", str: "a text", int: "a number", float: "a number", type(None): "null"}


def mapping(raw: bytes | str) -> dict[str, Any]:
    """The JSON object in ``raw``. Raises InputError if it is broken or something else.

    Takes what Python and JavaScript write beyond the standard: NaN, lone surrogates.
    """
    try:
        found = _parse(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"broken JSON: {_reason(error)}") from error
    if not isinstance(found, dict):
        raise InputError(f"not a JSON object but {_NAMES.get(type(found), 'something else')}")
    return found


def value(raw: bytes | str) -> Any:
    """The JSON value in ``raw``, or ``raw`` itself if it holds none."""
    try:
        return _parse(raw)
    except (ValueError, RecursionError):
        return raw


def _parse(raw: bytes | str) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeError):
        return json.loads(raw)


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeError):
        return "not UTF-8"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
