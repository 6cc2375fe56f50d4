"""Where a request may go, and where the token may.

The token goes to the configured origin (scheme, host and port) and nowhere else. API answers
come from that origin; a file may be redirected to the Hub's CDN, without the token.
"""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

import httpx2

from curation.errors import UntrustedError, UsageError
from curation.ids import clip

_PORTS = {"http": 80, "https": 443}
_LAST_PORT = 65535


class Origin(NamedTuple):
    """Scheme, host and port of a URL: what decides whom one is talking to."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: httpx2.URL | str) -> Origin | None:
        """The origin of ``url``, or None if it is no http(s) URL.

        It is read by the parser that decides where the request goes.
        """
        parts = _parsed(url)
        if parts is None or parts.scheme not in _PORTS or not parts.raw_host:
            return None
        port = parts.port or _PORTS[parts.scheme]
        return cls(parts.scheme, parts.raw_host.decode("ascii").lower(), port)

    @property
    def loopback(self) -> bool:
        """Whether it is this machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def endpoint(url: str, *, plain_http: bool = False) -> Origin:
    """The origin of a Hub endpoint.

    Raises UsageError if ``url`` is no endpoint, carries a name or password, or is plain http to
    another machine without ``plain_http``.
    """
    parts, origin = _parsed(url), Origin.of(url)
    if parts is None or origin is None or parts.query or parts.fragment:
        raise UsageError(
            f"not a Hub endpoint: {clip(url)!a}", hint="expected https://HOST, as in HF_ENDPOINT"
        )
    if parts.userinfo:
        raise UsageError(
            f"the endpoint at {origin} carries a name or password",
            hint="give the token in HF_TOKEN instead",
        )
    if origin.scheme == "http" and not (origin.loopback or plain_http):
        raise UsageError(
            f"plain http to {origin}: token and facts would travel unprotected",
            hint="use https, or say --plain-http if the network is yours",
        )
    return origin


def check_start(home: Origin, url: httpx2.URL | str) -> None:
    """Raise UntrustedError unless a request may start at ``url``."""
    if Origin.of(url) != home:
        raise UntrustedError(f"a request to {_shown(url)} while the Hub is {home}: not sent")


def check_link(home: Origin, url: httpx2.URL | str) -> None:
    """Raise UntrustedError unless the next page may be read at ``url``."""
    if Origin.of(url) != home:
        raise UntrustedError(
            f"{home} continues its list at {_shown(url)}: not followed",
            hint="the endpoint may be a mirror that does not rewrite its links",
        )


def check_redirect(home: Origin, url: httpx2.URL | str, *, file: bool) -> None:
    """Raise UntrustedError unless a redirect to ``url`` may be followed.

    Files (``file``) may come from another host over https, or from another port of this machine
    if the Hub is on this machine; everything else stays at ``home``.
    """
    target = Origin.of(url)
    if target == home:
        return
    if target and file and target.loopback == home.loopback:
        safe = home.loopback or target.scheme == "https"
    else:
        safe = False
    if not safe:
        raise UntrustedError(f"{home} redirects to {_shown(url)}: not followed")


def _parsed(url: httpx2.URL | str) -> httpx2.URL | None:
    try:
        parts = url if isinstance(url, httpx2.URL) else httpx2.URL(url)
    except httpx2.InvalidURL:
        return None
    return parts if (parts.port or 0) <= _LAST_PORT else None


def _shown(url: httpx2.URL | str) -> str:
    # Path and query may be signed, and are hostile: the origin is enough to act on.
    origin = Origin.of(url)
    return clip(origin) if origin else "what is no http(s) URL"
