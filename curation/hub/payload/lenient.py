"""The slow path of decoding: keep what fits its type, drop what does not and say so.

A hostile or sloppy answer costs its bad fields, never the model. Text with control characters,
line separators, bidirectional overrides or lone surrogates fits nowhere.
"""

from __future__ import annotations

import math
import re
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import force_setattr

from curation.hub.payload.shape import Payload

#: Flaws named per payload; more of them tell nobody anything.
MAX_FLAWS = 20

_UNSOUND = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_Flaws = list[str]
_Fitter = Callable[[Any, str, _Flaws], Any]


_UNFIT: Any = object()


def payload(fields: dict[str, Any]) -> Payload:
    """The payload of decoded JSON, without what does not fit; ``flaws`` names what went."""
    flaws: _Flaws = []
    kept = msgspec.convert(_fitter(Payload)(fields, "", flaws), Payload)
    if len(flaws) > MAX_FLAWS:
        flaws[MAX_FLAWS:] = [f"and {len(flaws) - MAX_FLAWS} more"]
    force_setattr(kept, "flaws", tuple(flaws))
    return kept


def sound(text: str) -> bool:
    """Whether ``text`` holds no control character, override or half of a surrogate pair."""
    return _UNSOUND.search(text) is None


@cache
def _fitter(kind: Any) -> _Fitter:
    """A function that returns what of a value fits ``kind`` (plain JSON), or ``_UNFIT``."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _struct(kind)
    if origin in (typing.Union, types.UnionType):
        return _union(inner)
    if origin is list:
        return _list(*inner)
    if origin is dict:
        return _dict(*inner)
    return _leaf(kind)


def _struct(kind: type[msgspec.Struct]) -> _Fitter:
    hints = typing.get_type_hints(kind, include_extras=True)
    fields = [
        (field.encode_name, _fitter(hints[field.name]), field.required)
        for field in msgspec.structs.fields(kind)
        if field.name != "flaws"
    ]

    def fit(value: Any, path: str, flaws: _Flaws) -> Any:
        if not isinstance(value, dict):
            return _UNFIT
        kept: dict[str, Any] = {}
        for name, inner, required in fields:
            if name in value:
                _keep(kept, name, value[name], inner, f"{path}.{name}" if path else name, flaws)
            if required and name not in kept:
                return _UNFIT
        return kept

    return fit


def _union(kinds: tuple[Any, ...]) -> _Fitter:
    members = [_fitter(kind) for kind in kinds]

    def fit(value: Any, path: str, flaws: _Flaws) -> Any:
        tried = (member(value, path, flaws) for member in members)
        return next((fits for fits in tried if fits is not _UNFIT), _UNFIT)

    return fit


def _list(kind: Any) -> _Fitter:
    inner = _fitter(kind)

    def fit(value: Any, path: str, flaws: _Flaws) -> Any:
        if not isinstance(value, list):
            return _UNFIT
        kept: dict[int, Any] = {}
        for at, item in enumerate(value):
            _keep(kept, at, item, inner, f"{path}[{at}]", flaws)
        return list(kept.values())

    return fit


def _dict(key_kind: Any, kind: Any) -> _Fitter:
    key_fits, inner = _fitter(key_kind), _fitter(kind)

    def fit(value: Any, path: str, flaws: _Flaws) -> Any:
        if not isinstance(value, dict):
            return _UNFIT
        kept: dict[str, Any] = {}
        for at, (key, item) in enumerate(value.items()):
            if key_fits(key, path, flaws) is _UNFIT:
                flaws.append(f"{path}[{at}]")
            else:
                _keep(kept, key, item, inner, f"{path}.{key}", flaws)
        return kept

    return fit


def _leaf(kind: Any) -> _Fitter:
    def fit(value: Any, path: str, flaws: _Flaws) -> Any:
        if isinstance(value, str) and not sound(value):
            return _UNFIT
        if isinstance(value, float):
            if not math.isfinite(value):
                return _UNFIT
            # Dumps made with pandas hold whole numbers as floats.
            value = int(value) if value.is_integer() else value
        try:
            msgspec.convert(value, kind)
        except (msgspec.ValidationError, OverflowError):
            return _UNFIT
        return value

    return fit


def _keep(
    kept: dict[Any, Any], key: object, value: Any, inner: _Fitter, path: str, flaws: _Flaws
) -> None:
    fits = inner(value, path, flaws)
    if fits is _UNFIT:
        flaws.append(path)
    else:
        kept[key] = fits
