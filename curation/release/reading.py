"""Read a release: from a folder, or from a URL by way of a cache, every byte checked."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from curation.errors import InputError
from curation.model import Document, Model
from curation.release.release import Release
from curation.release.sources import StrPath, source
from curation.release.tables import SCHEMA_VERSION

__all__ = ["Model", "Release", "load", "schemas"]

T = TypeVar("T")

_FILE = "catalog.json"
_SCHEMAS = "schemas/"


class _Head(msgspec.Struct):
    schema_version: int


def load(where: StrPath, *, cache: StrPath | None = None) -> Release:
    """The release in a folder or at a URL, its checksum verified.

    ``where`` is the folder of one version: ``dist/1.0.0``, or ``https://…/1.0.0``. What comes from
    a URL is kept below ``cache`` (default: the user's cache folder). Raises InputError for a file
    that is missing, changed, cut short, or of a later schema, UsageError for plain http to another
    machine.
    """
    found = source(where, cache)
    data = found.file(_FILE)
    _readable(data, found.name)
    document = _decoded(data, Document, f"{found.name}: {_FILE} is no release")
    return Release(document.version, document.models, document.tombstones)


def schemas(where: StrPath, *, cache: StrPath | None = None) -> dict[str, dict[str, Any]]:
    """File name: each JSON Schema that a release brings of its files. Raises like ``load``."""
    found = source(where, cache)
    paths = [path for path in found.listed if path.startswith(_SCHEMAS)]
    return {
        path.removeprefix(_SCHEMAS): _decoded(
            found.file(path), dict[str, Any], f"{found.name}: {path} is no schema"
        )
        for path in paths
    }


def _readable(data: bytes, where: str) -> None:
    version = _decoded(data, _Head, f"{where}: {_FILE} is no release").schema_version
    if version > SCHEMA_VERSION:
        raise InputError(
            f"{where}: schema version {version}, we read up to {SCHEMA_VERSION}",
            hint="install a later curate",
        )


def _decoded(data: bytes, shape: type[T], trouble: str) -> T:
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        hint = "was it built by a later curate? install that"
        raise InputError(f"{trouble}: {error}", hint=hint) from error
