"""What holds for all requests to one Hub: its rules, its token, its clocks and its quota."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

import httpx2

from curation.errors import HubError, UsageError
from curation.hub.wire import bodies, origins
from curation.hub.wire.deadline import Deadline
from curation.hub.wire.limits import Kind, Limits, kind_of
from curation.hub.wire.paging import Chains
from curation.hub.wire.quota import Pacer


class Timing(NamedTuple):
    """Clocks and waiting, so that a test need not wait.

    ``clock`` gives seconds that only go forward, ``now`` the epoch's time, ``sleep`` waits
    (None: until the session is closed at the latest); ``waiting`` is told of long waits, in
    seconds.
    """

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] | None = None
    waiting: Callable[[float], None] = lambda _: None


class Session:
    """What holds for all requests to one Hub, whichever client of huggingface_hub makes them.

    ``endpoint`` is the Hub's URL, ``token`` is sent to its origin only. Raises UsageError for
    an endpoint that cannot be used.
    """

    def __init__(
        self,
        endpoint: str,
        token: str | None = None,
        *,
        limits: Limits | None = None,
        plain_http: bool = False,
        timing: Timing | None = None,
    ) -> None:
        self.endpoint = endpoint.rstrip("/")
        self.home = origins.endpoint(self.endpoint, plain_http=plain_http)
        self.limits = limits or Limits()
        timing = timing or Timing()
        self._base = httpx2.URL(self.endpoint).path.rstrip("/")
        self._token = _checked(token)
        self._closed = threading.Event()
        self.sleep = timing.sleep or self._sleep
        self.now = timing.now
        self.deadline = Deadline(timing.clock)
        self.chains = Chains(pages=self.limits.pages)
        self.pacer = Pacer(
            clock=timing.clock,
            sleep=self.sleep,
            patience=self.limits.patience,
            waiting=timing.waiting,
        )

    def __repr__(self) -> str:
        return f"Session({self.endpoint!r}, token={'***' if self._token else None})"

    def close(self) -> None:
        """Wake whoever waits, for bytes, quota or another try, and refuse what comes next."""
        self._closed.set()
        self.deadline.abort()

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called."""
        return self._closed.is_set()

    def kind(self, url: httpx2.URL) -> Kind:
        """What ``url`` asks for."""
        return kind_of(url.path.removeprefix(self._base))

    def dress(self, request: httpx2.Request) -> None:
        """Give the request our headers and time-outs: the token for home, none for others."""
        if self._closed.is_set():
            raise HubError("the connection to the Hub was closed")
        request.headers.pop("authorization", None)
        if self._token and origins.Origin.of(request.url) == self.home:
            request.headers["authorization"] = f"Bearer {self._token}"
        request.headers["accept-encoding"] = (
            "identity" if request.method == "HEAD" else bodies.ENCODINGS
        )
        timeout = httpx2.Timeout(self.limits.read, connect=self.limits.connect)
        request.extensions = {**request.extensions, "timeout": timeout.as_dict()}

    def _sleep(self, seconds: float) -> None:
        if self._closed.wait(seconds):
            raise HubError("the connection to the Hub was closed")


def _checked(token: str | None) -> str | None:
    # What does not fit into a header would come back in an error message, and so into a log.
    token = (token or "").strip()
    if not re.fullmatch(r"[\x21-\x7e]*", token):
        raise UsageError("the token has characters that no token has", hint="check HF_TOKEN")
    return token or None
