"""A total time-out: one deadline over connecting, writing and every single read.

httpx2 restarts its read time-out with every byte that arrives, so a server that drips its
headers is never given up. httpcore2 documents the door where a deadline belongs, its network
backend; httpx2's client does not pass one on, hence the private names in ``bound``.
"""

from __future__ import annotations

import socket
import ssl
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore2
import httpx2

_SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


class Deadline:
    """The time by which this thread's request must be over, on the clock ``clock``."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._thread = threading.local()
        self._lock = threading.Lock()
        self._streams: weakref.WeakSet[httpcore2.NetworkStream] = weakref.WeakSet()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Everything in this block, in this thread, ends within ``seconds``."""
        self._thread.ends = self._clock() + seconds
        try:
            yield
        finally:
            self._thread.ends = None

    def cut(self, timeout: float | None, expired: type[Exception]) -> float | None:
        """``timeout``, or what is left until the deadline if that is less."""
        ends = getattr(self._thread, "ends", None)
        if ends is None:
            return timeout
        rest: float = ends - self._clock()
        if rest <= 0:
            raise expired("the answer took too long in total")
        return rest if timeout is None else min(timeout, rest)

    def watch(self, stream: httpcore2.NetworkStream) -> None:
        """Let ``abort`` end this connection too."""
        with self._lock:
            self._streams.add(stream)

    def abort(self) -> None:
        """Wake every thread that waits for bytes: there will be none."""
        with self._lock:
            streams = list(self._streams)
        for stream in streams:
            try:
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed already


def bound(transport: httpx2.BaseTransport | None, deadline: Deadline) -> None:
    """Put every connection that ``transport`` will make under ``deadline``."""
    if isinstance(transport, httpx2.HTTPTransport):
        pool = transport._pool
        pool._network_backend = _Backend(pool._network_backend, deadline)


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, inner: httpcore2.NetworkBackend, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore2.NetworkStream:
        timeout = self._deadline.cut(timeout, httpcore2.ConnectTimeout)
        stream = self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline
        deadline.watch(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.cut(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.cut(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        timeout = self._deadline.cut(timeout, httpcore2.ConnectTimeout)
        stream = self._inner.start_tls(ssl_context, server_hostname, timeout)
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
