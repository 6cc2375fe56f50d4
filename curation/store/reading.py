"""From bytes to records, wherever the bytes come from: a file, a git tree, a release."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from curation import ids
from curation.errors import InputError
from curation.records import SCHEMA_VERSION, Record
from curation.store.flaws import Flaw, misfit, not_json

T = TypeVar("T")

_ANY: msgspec.json.Decoder[Any] = msgspec.json.Decoder()
_RECORD = msgspec.json.Decoder(Record)


class _Versioned(msgspec.Struct):
    schema_version: int = SCHEMA_VERSION


_VERSION = msgspec.json.Decoder(_Versioned)


def record(data: bytes, model_id: str, where: str) -> Record:
    """The record of ``model_id`` as written in ``where``.

    Raises InputError naming ``where`` for what is no record, belongs to another model, or was
    written by an older or newer version of this tool.
    """
    try:
        found = typed(data)
    except Flaw as error:
        _refuse_other_version(version(data, where), where)
        raise InputError(error.at(where), hint="see 'curate validate'") from error
    _refuse_other_version(found.schema_version, where)
    return belonging(found, model_id, where)


def version(data: bytes, where: str) -> int:
    """The schema version that a record states. Raises InputError if it is no JSON object."""
    try:
        return _decoded(_VERSION, data).schema_version
    except Flaw as error:
        raise InputError(error.at(where), hint="see 'curate validate'") from error


def belonging(found: Record, model_id: str, where: str) -> Record:
    """``found`` if it is the record of ``model_id``, else InputError."""
    if found.id != model_id:
        raise InputError(
            f"{where}: is the record of {ids.clip(found.id)!a}, not of {model_id!a}",
            hint="move the file to the path of its id",
        )
    return found


def json(data: bytes) -> Any:
    """The plain value of a JSON text. Raises Flaw; a key that is there twice is not one."""
    return _decoded(_ANY, data)


def typed(data: bytes) -> Record:
    """The record that ``data`` says, of whatever model and version. Raises Flaw."""
    return _decoded(_RECORD, data)


def shaped(value: Any) -> Record:
    """The record that the plain ``value`` of a JSON text says, as ``typed``. Raises Flaw."""
    try:
        return msgspec.convert(value, Record)
    except msgspec.ValidationError as error:
        raise misfit(error) from error


def _decoded(decoder: msgspec.json.Decoder[T], data: bytes) -> T:
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        raise misfit(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise not_json(error, data) from error


def _refuse_other_version(found: int, where: str) -> None:
    if found > SCHEMA_VERSION:
        raise InputError(
            f"{where}: schema version {found} is newer than ours ({SCHEMA_VERSION})",
            hint="upgrade curate: pip install --upgrade curate-models",
        )
    if found < SCHEMA_VERSION:
        raise InputError(
            f"{where}: schema version {found} is older than ours ({SCHEMA_VERSION})",
            hint="run 'curate migrate'",
        )
