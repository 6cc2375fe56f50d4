"""Read the files that people write."""

from __future__ import annotations

import datetime
import re
from typing import Any, TypeVar

import msgspec

from curation.errors import InputError
from curation.store.flaws import Flaw, misfit, utf8

T = TypeVar("T")

#: No file of ours nests deeper than six.
_MAX_DEPTH = 32
_TOO_DEEP = "nested too deeply"

# The parser takes time by the square of a key's parts.
_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"(?:^|[\[{{,])[ \t]*+(?:{_PART}\.[ \t]*+){{{_MAX_DEPTH}}}", re.MULTILINE)
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def loads(data: bytes) -> dict[str, Any]:
    """The value of a TOML file, with dates and times as ISO text. Raises Flaw."""
    import tomllib

    text = utf8(data)
    if long_key := _LONG_KEY.search(text):
        raise Flaw(_TOO_DEEP, text.count("\n", 0, long_key.end()) + 1)
    try:
        return {key: _plain(item, 1) for key, item in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        raise _located(error, text) from error
    except RecursionError as error:
        raise Flaw(_TOO_DEEP) from error
    except Flaw:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise Flaw("a number of too many digits") from error


def decode(data: bytes, shape: type[T], where: str) -> T:
    """The file ``where`` as a ``shape``. Raises InputError: file, line or key, what is wrong."""
    try:
        return msgspec.convert(loads(data), shape)
    except Flaw as error:
        raise InputError(error.at(where)) from error
    except msgspec.ValidationError as error:
        raise InputError(misfit(error).at(where), hint="see 'curate validate'") from error


def _located(error: Exception, text: str) -> Flaw:
    message = str(error)
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    message = _PLACE.sub("", message)
    return Flaw(f"not TOML: {message[:1].lower()}{message[1:]}", line)


def _plain(value: Any, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise Flaw(_TOO_DEEP)
    if isinstance(value, dict):
        return {key: _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat().replace("+00:00", "Z")
    return value
