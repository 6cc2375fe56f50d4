"""Read a release: from a folder, or from a URL by way of a cache, every byte checked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from curation.errors import InputError, UsageError
from curation.model import Model
from curation.release import sums
from curation.release.release import Release
from curation.release.tables import SCHEMA_VERSION
from curation.store import atomic

_FILE = "catalog.jsonl"
_SCHEMA = "schemas/release.schema.json"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: A file of a release over a URL is read no further than this, in bytes.
_MOST = 2**30


class _Head(msgspec.Struct):
    schema_version: int
    version: str


def load(where: str | os.PathLike[str], *, cache: Path | None = None) -> Release:
    """The release in a folder or at a URL, its checksum verified.

    What comes from a URL is kept below ``cache`` (default: the user's cache folder). Raises
    InputError for a file that is missing, changed, cut short, or of a later schema, UsageError
    for plain http to another machine.
    """
    return _decode(_file(where, _FILE, cache), os.fspath(where))


def schema(where: str | os.PathLike[str], *, cache: Path | None = None) -> dict[str, Any]:
    """The JSON Schema that a release brings of its ``catalog.json``. Raises like ``load``."""
    try:
        found: dict[str, Any] = msgspec.json.decode(_file(where, _SCHEMA, cache), type=dict)
    except msgspec.MsgspecError as error:
        raise InputError(f"{os.fspath(where)}: {_SCHEMA} is no schema: {error}") from error
    return found


def _file(where: str | os.PathLike[str], name: str, cache: Path | None) -> bytes:
    place = os.fspath(where)
    if urlsplit(place).scheme in ("http", "https"):
        return _download(place.rstrip("/"), name, cache or _cache())
    return _local(Path(place), name)


def _local(folder: Path, name: str) -> bytes:
    try:
        listed = sums.read((folder / sums.NAME).read_bytes(), str(folder / sums.NAME))
        data = (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            f"{folder}: no release: {Path(error.filename).name} is not there",
            hint="name the folder of one version, dist/1.0.0",
        ) from error
    except OSError as error:
        raise InputError(f"{folder}: cannot be read: {error.strerror}") from error
    sums.check(data, name, listed, str(folder))
    return data


def _download(url: str, name: str, cache: Path) -> bytes:
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise UsageError(f"{url}: plain http to another machine", hint="use https")
    listed = sums.read(_get(f"{url}/{sums.NAME}"), url)
    kept = cache / listed.get(name, "none")
    data = kept.read_bytes() if kept.is_file() else _get(f"{url}/{name}")
    sums.check(data, name, listed, url)
    atomic.create(kept, data)
    return data


def _get(url: str) -> bytes:
    import httpx2

    try:
        with httpx2.stream("GET", url, follow_redirects=False, timeout=60) as answer:
            answer.raise_for_status()
            return _bounded(answer, url)
    except httpx2.HTTPError as error:
        raise InputError(f"{url}: cannot be had: {error}") from error


def _bounded(answer: object, url: str) -> bytes:
    found = bytearray()
    for part in answer.iter_bytes():  # type: ignore[attr-defined]
        found += part
        if len(found) > _MOST:
            raise InputError(f"{url}: over {_MOST:,} bytes")
    return bytes(found)


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(home).expanduser() / "curate" / "releases"


def _decode(data: bytes, where: str) -> Release:
    head, _, rest = data.partition(b"\n")
    try:
        about = msgspec.json.decode(head, type=_Head)
        if about.schema_version > SCHEMA_VERSION:
            raise InputError(
                f"{where}: schema version {about.schema_version}, we read up to {SCHEMA_VERSION}",
                hint="install a later curate",
            )
        models = msgspec.json.Decoder(Model).decode_lines(rest)
    except msgspec.MsgspecError as error:
        raise InputError(f"{where}: {_FILE} is no release: {error}") from error
    return Release(about.version, models)
