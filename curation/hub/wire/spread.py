"""A connection of its own for every thread.

A pool that threads share looks at all of its connections, and asks the system about each idle
one, whenever a request comes or goes: with dozens of them that is a fifth of a sync's processor
time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import httpx2


class Spread(httpx2.BaseTransport):
    """Hands each thread's requests to a transport that ``make`` makes for that thread alone."""

    def __init__(self, make: Callable[[], httpx2.BaseTransport]) -> None:
        self._make = make
        self._own = threading.local()
        self._lock = threading.Lock()
        self._all: list[httpx2.BaseTransport] = []
        self._closed = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` over this thread's connection."""
        own = self._of_this_thread()
        try:
            return own.handle_request(request)
        finally:
            if self._closed:  # while we connected: nobody else would close this connection
                own.close()

    def close(self) -> None:
        """Close the connections of all threads."""
        self._closed = True
        with self._lock:
            for transport in self._all:
                transport.close()

    def _of_this_thread(self) -> httpx2.BaseTransport:
        transport: httpx2.BaseTransport | None = getattr(self._own, "transport", None)
        if transport is None:
            transport = self._own.transport = self._make()
            with self._lock:
                self._all.append(transport)
        return transport
