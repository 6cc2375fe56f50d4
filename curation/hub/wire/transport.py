"""The one way to the Hub: a client that huggingface_hub uses in place of its own.

Left alone, huggingface_hub waits for ever on a silent server, sleeps as long as ``Retry-After``
says, reads bodies of any size, follows a list's ``Link`` anywhere with the token, and
never tires of a cursor that repeats. All of it is bounded here, below it: what goes wrong for good
is raised as a HubError, which its own retrying lets through.
"""

from __future__ import annotations

import os
from functools import partial
from ssl import SSLContext
from typing import Any

import httpx2

import curation
from curation.errors import HubError, ThrottledError, UntrustedError
from curation.hub.wire import bodies, origins
from curation.hub.wire.deadline import bound
from curation.hub.wire.limits import Kind
from curation.hub.wire.quota import asked_wait
from curation.hub.wire.session import Session
from curation.hub.wire.spread import Spread
from curation.ids import clip

_PASSING = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_BODILESS = frozenset({204, 304})

_NO_AUTH = httpx2.Auth()
_LIMITS = httpx2.Limits(max_connections=64, max_keepalive_connections=64)

_installed: Session | None = None


class Client(httpx2.Client):
    """An httpx2 client that keeps the session's bounds. It reads only: GET and HEAD."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # A proxy from the environment has no business with this machine's own ports.
        from_env = not session.home.loopback
        trusted = httpx2.create_ssl_context(trust_env=from_env)
        super().__init__(
            follow_redirects=True,
            headers={"user-agent": f"curate-models/{curation.__version__}"},
            trust_env=from_env,
            verify=trusted,
            limits=_LIMITS,
        )
        for proxy in self._mounts.values():
            bound(proxy, session.deadline)
        self._spread = self._transport = Spread(partial(_connection, session, trusted, from_env))

    def send(
        self,
        request: httpx2.Request,
        *,
        stream: bool = False,
        auth: Any = None,
        follow_redirects: Any = httpx2.USE_CLIENT_DEFAULT,
    ) -> httpx2.Response:
        """The answer to ``request``. Raises HubError and its kin.

        Its body is read whatever ``stream`` says, and ``auth`` is not heeded: the session has
        the only credential.
        """
        from huggingface_hub import is_offline_mode

        if request.method not in ("GET", "HEAD"):
            raise HubError(f"{request.method} was refused: this client only reads")
        if is_offline_mode():
            raise HubError("offline: HF_HUB_OFFLINE is set", hint="unset it to reach the Hub")
        origins.check_start(self._session.home, request.url)
        kind = self._session.kind(request.url)
        with self._spread.turn():
            if follow_redirects:
                answer = self._redirected(request, kind)
            else:
                answer = self._answered(request, kind)
        self._check_list(request, answer)
        return answer

    def _redirected(self, request: httpx2.Request, kind: Kind) -> httpx2.Response:
        history: list[httpx2.Response] = []
        while True:
            answer = self._answered(request, kind)
            following = answer.next_request
            if following is None:
                answer.history = history
                return answer
            if len(history) >= self._session.limits.redirects:
                raise UntrustedError(f"{_name(request)}: too many redirects")
            origins.check_redirect(self._session.home, following.url, file=kind != "api")
            history.append(answer)
            request = following

    def _answered(self, request: httpx2.Request, kind: Kind) -> httpx2.Response:
        """The first answer that is not a passing trouble."""
        trouble, failure = "", HubError
        for wait in (0.0, *self._session.limits.backoff):
            if wait:
                self._session.sleep(wait)
            try:
                answer = self._attempt(request, kind)
            except _PASSING as error:
                trouble, failure = _words(error), HubError
                continue
            trouble, failure = self._trouble(answer, kind)
            if not trouble:
                return answer
        tries = len(self._session.limits.backoff) + 1
        raise failure(f"{_name(request)}: {trouble} ({tries} tries)", hint="run again later")

    def _attempt(self, request: httpx2.Request, kind: Kind) -> httpx2.Response:
        session = self._session
        session.dress(request)
        with session.pacer.turn(kind) as tell, session.deadline.within(session.limits.total):
            # A name and password in a URL are no credential of ours.
            answer = super().send(request, stream=True, auth=_NO_AUTH, follow_redirects=False)
            try:
                return self._read(answer, self._session.limits.body(kind))
            finally:
                answer.close()
                if origins.Origin.of(request.url) == session.home:
                    tell(answer.headers)

    def _read(self, answer: httpx2.Response, limit: int) -> httpx2.Response:
        """``answer`` with its body read, and without the headers that described its packing."""
        request = answer.request
        body = b""
        headers = answer.headers.copy()
        if request.method != "HEAD" and answer.status_code not in _BODILESS:
            packing = headers.pop("content-encoding", "").strip().lower()
            headers.pop("content-length", None)
            headers.pop("transfer-encoding", None)
            try:
                body = bodies.read(answer.iter_raw(), packing, limit)
            except UntrustedError as error:
                raise UntrustedError(f"{_name(request)}: {error}", hint=error.hint) from error
        whole = httpx2.Response(answer.status_code, headers=headers, content=body, request=request)
        whole.next_request = answer.next_request
        return whole

    def _trouble(self, answer: httpx2.Response, kind: Kind) -> tuple[str, type[HubError]]:
        """What is wrong with ``answer`` that another try may mend, or nothing."""
        status = answer.status_code
        if status in _RETRIED:
            wait = asked_wait(answer.headers, self._session.now())
            if wait is not None:
                self._session.pacer.block(kind, wait)
            return f"the Hub answers {status}", ThrottledError if status == 429 else HubError
        readable = kind == "api" and status == 200 and answer.request.method == "GET"
        if readable and not bodies.is_json(answer.content):
            return "the answer is not whole JSON", UntrustedError
        return "", HubError

    def _check_list(self, request: httpx2.Request, answer: httpx2.Response) -> None:
        following = answer.links.get("next", {}).get("url")
        if following is None:
            return
        try:
            target = request.url.join(following)
        except httpx2.InvalidURL as error:
            raise UntrustedError(f"{_name(request)}: the next page has no valid URL") from error
        origins.check_link(self._session.home, target)
        self._session.chains.admit(str(request.url), str(target))


def install(session: Session) -> None:
    """Make huggingface_hub, in this whole process, talk through ``session``."""
    global _installed
    # Read at its import. Its errand for a label in the user agent would cost a call to another
    # Hub than ours, and a file in the user's home.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import set_client_factory

    set_client_factory(partial(Client, session))
    _installed = session


def uninstall(session: Session) -> None:
    """Give huggingface_hub its own client back, unless another session came in between."""
    global _installed
    if _installed is not session:
        return
    from huggingface_hub import set_client_factory
    from huggingface_hub.utils._http import default_client_factory

    set_client_factory(default_client_factory)
    _installed = None


def _connection(session: Session, trusted: SSLContext, from_env: bool) -> httpx2.BaseTransport:
    transport = httpx2.HTTPTransport(verify=trusted, trust_env=from_env, limits=_LIMITS)
    bound(transport, session.deadline)
    return transport


def _name(request: httpx2.Request) -> str:
    path = request.url.raw_path.partition(b"?")[0].decode("ascii")
    return clip(f"{request.url.netloc.decode('ascii')}{path}", 160)


def _words(error: Exception) -> str:
    if isinstance(error, httpx2.ConnectTimeout | httpx2.ConnectError):
        return f"no connection: {clip(error)!a}"
    if isinstance(error, httpx2.TimeoutException):
        return "no answer in time"
    return "the connection broke"
