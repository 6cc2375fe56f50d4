"""Where the files of a release are read: a folder, or a URL by way of a cache."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import SplitResult, urlsplit

from curation.errors import InputError, UsageError
from curation.release import sums
from curation.store import atomic

if TYPE_CHECKING:
    import httpx2

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: A file over a URL is read no further than this, in bytes.
_MOST = 2**30
#: Seconds of silence, and seconds for a whole file.
_SILENCE = 60
_LONGEST = 900
#: A release on GitHub is one redirect away from its URL.
_REDIRECTS = 5
_WHICH = "name the folder of one version, dist/1.0.0"

StrPath = str | os.PathLike[str]


class Source(Protocol):
    """A release; ``listed`` is its ``SHA256SUMS``, as path: hash."""

    name: str
    listed: dict[str, str]

    def file(self, path: str) -> bytes:
        """The content of a file, its hash verified. Raises InputError."""


def source(where: StrPath, cache: StrPath | None) -> Source:
    """The release in a folder or at a URL. Raises InputError if there is none, UsageError for a
    URL that is not to be read."""
    place = os.fspath(where)
    if "://" not in place:
        return Folder(Path(place))
    return Site(place.rstrip("/"), Path(cache) if cache else _cache())


class Folder:
    """A release on this machine."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder
        self.listed = sums.read(self._read(sums.NAME), str(folder / sums.NAME))

    def file(self, path: str) -> bytes:
        """The content of a file, its hash verified. Raises InputError."""
        data = self._read(path)
        sums.check(data, path, self.listed, self.name)
        return data

    def _read(self, path: str) -> bytes:
        try:
            return (self._folder / path).read_bytes()
        except FileNotFoundError as error:
            raise InputError(
                f"{self.name}: no release: {path} is not there", hint=_WHICH
            ) from error
        except OSError as error:
            message = f"{self.name}: cannot be read: {error.strerror}"
            raise InputError(message, hint=_WHICH) from error


class Site:
    """A release at a URL; what was had once is kept in ``cache``, by its hash."""

    def __init__(self, url: str, cache: Path) -> None:
        self._url, self._cache = url, cache
        parts = _split(url)
        # A password in the URL goes into no message.
        self.name = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        self._permit = _permission(parts)
        self.listed = sums.read(self._get(sums.NAME), self.name)

    def file(self, path: str) -> bytes:
        """The content of a file, its hash verified. Raises InputError."""
        kept = self._cache / self.listed.get(path, "none")
        try:
            data = kept.read_bytes()
            sums.check(data, path, self.listed, self.name)
        except (OSError, InputError):  # not kept, or spoilt there
            data = self._get(path)
            sums.check(data, path, self.listed, self.name)
            _keep(kept, data)
        return data

    def _get(self, path: str) -> bytes:
        import httpx2

        name = f"{self.name}/{path}"
        client = httpx2.Client(
            timeout=_SILENCE,
            follow_redirects=True,
            max_redirects=_REDIRECTS,
            event_hooks={"request": [lambda request: self._permit(request.url, name)]},
        )
        try:
            with client, client.stream("GET", f"{self._url}/{path}") as answer:
                if answer.status_code != httpx2.codes.OK:
                    hint = "is this the URL of one version?"
                    raise InputError(f"{name}: answered {answer.status_code}", hint=hint)
                return _bounded(answer, name)
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            said = str(error).partition("\n")[0]
            raise InputError(f"{name}: cannot be had: {said or type(error).__name__}") from error


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise UsageError(f"no URL: {url[:60]!a}: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url}: neither a folder nor a URL that is read", hint="use https")
    if parts.query or parts.fragment:
        hint = "name the folder of one version, https://…/1.0.0"
        raise UsageError(f"{parts.geturl()}: no URL of a folder", hint=hint)
    return parts


def _permission(parts: SplitResult) -> Callable[[httpx2.URL, str], None]:
    """What refuses plain http to another machine, from the first on and in each redirect."""
    hosts = _LOOPBACK if parts.scheme == "http" else frozenset[str]()

    def permit(url: httpx2.URL, name: str) -> None:
        if url.scheme != "https" and url.host not in hosts:
            raise UsageError(f"{name}: plain http to another machine", hint="use https")

    return permit


def _bounded(answer: httpx2.Response, name: str) -> bytes:
    found, end = bytearray(), time.monotonic() + _LONGEST
    for part in answer.iter_bytes():
        found += part
        if len(found) > _MOST:
            raise InputError(f"{name}: over {_MOST:,} bytes")
        if time.monotonic() > end:
            raise InputError(f"{name}: not had within {_LONGEST} seconds")
    return bytes(found)


def _keep(path: Path, data: bytes) -> None:
    try:
        atomic.replace(path, data)
    except OSError:  # a folder that cannot be written: the next to ask downloads again
        return


def _cache() -> Path:
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        home = stated if stated.is_absolute() else Path("~/.cache").expanduser()
    except RuntimeError as error:
        raise UsageError("no home folder for the cache", hint="name one: cache=") from error
    return home / "curate" / "releases"
