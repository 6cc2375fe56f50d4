"""A connection of its own for every thread.

A pool that threads share looks at all of its connections, and asks the system about each idle
one, whenever a request comes or goes: with dozens of them that is a fifth of a sync's processor
time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import httpx2


class _Own(NamedTuple):
    """One thread's transport; ``busy`` is held while a request is under way on it."""

    transport: httpx2.BaseTransport
    busy: threading.Lock


class Spread(httpx2.BaseTransport):
    """Hands each thread's requests to a transport that ``make`` makes for that thread alone."""

    def __init__(self, make: Callable[[], httpx2.BaseTransport]) -> None:
        self._make = make
        self._own = threading.local()
        self._lock = threading.Lock()
        self._all: list[_Own] = []
        self._closed = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One request of this thread, from before it is sent until its answer has been read.

        A transport that is closed meanwhile forgets what it is connecting, and nobody would close
        that connection any more. So it is closed here, afterwards, by the thread that has it.
        """
        own = self._of_this_thread()
        try:
            with own.busy:
                yield
        finally:
            if self._closed:  # looked at last, so that one of the two sees the other
                self._close(own)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` over this thread's connection."""
        return self._of_this_thread().transport.handle_request(request)

    def close(self) -> None:
        """Close the connections of all threads; those in a turn at its end."""
        with self._lock:
            self._closed = True
            for own in self._all:
                self._close(own)

    def _close(self, own: _Own) -> None:
        if own.busy.acquire(blocking=False):
            try:
                own.transport.close()
            finally:
                own.busy.release()

    def _of_this_thread(self) -> _Own:
        own: _Own | None = getattr(self._own, "it", None)
        if own is None:
            own = self._own.it = _Own(self._make(), threading.Lock())
            with self._lock:
                self._all.append(own)
        return own
