"""Decode what the Hub says of a model, at the speed of bulk files.

The strict decoder takes nearly every row. What it refuses, or what holds escapes (that is where
control characters hide in JSON), takes the lenient path, which drops bad fields and names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from curation.errors import InputError
from curation.hub.payload import lenient
from curation.hub.payload.jsontext import mapping
from curation.hub.payload.shape import Payload
from curation.hub.payload.translation import facts

__all__ = ["Payload", "decode", "facts", "from_fields"]

_strict = msgspec.json.Decoder(Payload).decode


def decode(raw: bytes | str) -> Payload:
    """The payload in one JSON object. Raises InputError if ``raw`` is not one."""
    if _innocent(raw):
        try:
            return _strict(raw)
        except (msgspec.DecodeError, RecursionError):
            pass  # the lenient path finds out what is wrong
    return lenient.payload(mapping(raw))


def from_fields(fields: Mapping[str, Any]) -> Payload:
    """The payload whose JSON, decoded, is ``fields``; datetimes may stand for times.

    Raises InputError if ``fields`` holds what JSON cannot.
    """
    try:
        raw = msgspec.json.encode(fields)
    except UnicodeEncodeError:  # half of a surrogate pair: the lenient path drops just that
        return lenient.payload(dict(fields))
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"not the fields of a model: {error}") from error
    return decode(raw)


def _innocent(raw: bytes | str) -> bool:
    if isinstance(raw, bytes):
        return raw.isascii() and b"\\" not in raw and b"\x7f" not in raw
    return raw.isascii() and "\\" not in raw and "\x7f" not in raw
