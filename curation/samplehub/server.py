"""The sample Hub's server: sockets, routes, quota, faults, and a log of what was asked."""

from __future__ import annotations

import gzip
import socket
import struct
import sys
import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from curation.samplehub import lists, repositories
from curation.samplehub.faults import Fault, Faults
from curation.samplehub.models import SampleModel, Shelf, load_models
from curation.samplehub.quota import Meter
from curation.samplehub.wire import Ask, Reply, json_reply, refusal

__all__ = ["Request", "SampleHub", "SampleModel", "load_models"]

_WORTH_PACKING = 1024


@dataclass(frozen=True)
class Request:
    """A line of the log. The token itself is not kept, only whether one was sent."""

    method: str
    path: str
    headers: Mapping[str, str]
    token: bool
    status: int


class SampleHub:
    """A Hub on 127.0.0.1, for as long as the ``with`` block lasts.

    ``tokens`` says which ids, private or gated, each token may see. ``quota`` replaces the usual
    calls per window by kind (``api``, ``resolvers``, ``pages``); ``latency`` holds every answer
    back for so many seconds; ``clock`` measures the quota's windows. The models on ``shelf`` and
    the ``faults`` may change at any time.
    """

    def __init__(
        self,
        models: Iterable[SampleModel],
        *,
        faults: Iterable[Fault] = (),
        tokens: Mapping[str, Collection[str]] | None = None,
        page_size: int = 1000,
        quota: Mapping[str, int] | None = None,
        latency: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.shelf = Shelf(models)
        self.faults = Faults(faults)
        self.requests: list[Request] = []
        self.stopping = threading.Event()
        self.latency = latency
        self._meter = Meter(quota, clock)
        self._page_size = page_size
        self._tokens = {name: frozenset(seen) for name, seen in (tokens or {}).items()}
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def endpoint(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()
        if self._server.failure and error is None:
            raise self._server.failure

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Reply:
        """The answer to one request, spoilt if a fault says so, and logged."""
        ask, refused = self._ask(method, target, headers)
        limits, spent = self._meter.count(ask)
        reply = self.faults.spoil(ask, refused or spent or self._route(ask))
        reply.headers = {**limits, "X-Request-Id": str(uuid.uuid4()), **reply.headers}
        kept = {name: value for name, value in headers.items() if name != "authorization"}
        token = "authorization" in headers
        self.requests.append(Request(method, target, kept, token, reply.status))
        return reply

    def _ask(
        self, method: str, target: str, headers: Mapping[str, str]
    ) -> tuple[Ask, Reply | None]:
        ask = Ask(method, target, headers, self.endpoint)
        if "authorization" not in headers:
            return ask, None
        token = headers["authorization"].removeprefix("Bearer ")
        if token not in self._tokens:
            return ask, refusal(401, "Invalid credentials in Authorization header")
        return Ask(method, target, headers, self.endpoint, self._tokens[token]), None

    def _route(self, ask: Ask) -> Reply:
        if ask.path == "/api/models":
            return lists.answer(ask, self.shelf, self._page_size)
        if ask.path == "/api/whoami-v2":
            return _whoami(ask)
        if found := repositories.INFO.fullmatch(ask.path):
            return repositories.info(ask, self.shelf, found)
        if found := repositories.FILE.fullmatch(ask.path):
            return repositories.file(ask, self.shelf, found)
        return refusal(404, "Sorry, we can't find the page you are looking for.")


def _whoami(ask: Ask) -> Reply:
    if ask.grants is None:
        return refusal(401, "Invalid username or password.")
    token = {"type": "access_token", "accessToken": {"displayName": "sample", "role": "read"}}
    return json_reply({"type": "user", "name": "sample-user", "orgs": [], "auth": token})


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, hub: SampleHub) -> None:
        self.hub = hub
        self.failure: BaseException | None = None
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        with self._lock:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that clients keep alive, so that their threads end."""
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the client was faster

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exception()
        if not isinstance(error, ConnectionError):  # clients may go away at any time
            self.failure = error


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "SampleHub"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        hub = self.server.hub
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = hub.answer(self.command, self.path, headers)
        while reply.wait and not (reply.wait.is_set() or hub.stopping.is_set()):
            reply.wait.wait(0.02)
        if hub.latency:
            time.sleep(hub.latency)
        if reply.cut is not None and reply.cut < 0:
            self._break()
            return
        self._send(reply, _packed(reply, headers.get("accept-encoding", "")))

    do_HEAD = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """The log is ``SampleHub.requests``; nothing goes to the terminal."""

    def _send(self, reply: Reply, body: bytes) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif reply.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD" or reply.status == 304:
            return
        self._write(reply, body)
        self.wfile.flush()

    def _write(self, reply: Reply, body: bytes) -> None:
        if reply.cut is not None:
            self.wfile.write(body[: reply.cut])
            self._break()
        elif reply.chunked:
            for start in range(0, len(body), 65536):
                chunk = body[start : start + 65536]
                self.wfile.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.wfile.write(body)

    def _break(self) -> None:
        """Reset the connection: no orderly end."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True


def _packed(reply: Reply, accepted: str) -> bytes:
    """The body, packed where that is worth it and wanted; says so in the headers."""
    json = reply.headers.get("Content-Type", "").startswith("application/json")
    if json and "gzip" in accepted and len(reply.body) > _WORTH_PACKING and not reply.chunked:
        reply.headers["Content-Encoding"] = "gzip"
        return gzip.compress(reply.body, compresslevel=1, mtime=0)
    return reply.body
