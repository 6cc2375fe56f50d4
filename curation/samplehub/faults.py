"""Faults on demand: what a bad day, a bad proxy or a bad Hub does to an answer."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from curation.samplehub.wire import Ask, Reply

#: Spoils the answer to a question.
Action = Callable[[Ask, Reply], Reply]


@dataclass
class Fault:
    """Does ``action`` to the first ``times`` answers (None: to all) whose question matches.

    ``match`` is a regular expression, searched in ``METHOD /path?query``.
    """

    match: str
    action: Action
    times: int | None = 1


class Faults:
    """The faults of a running Hub, in order; the first that matches is done."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._lock = threading.Lock()
        self._faults = list(faults)

    def add(self, *faults: Fault) -> None:
        """Put more faults behind those that are there."""
        with self._lock:
            self._faults.extend(faults)

    def spoil(self, ask: Ask, reply: Reply) -> Reply:
        """The answer as it will be sent."""
        fault = self._next(ask)
        return fault.action(ask, reply) if fault else reply

    def _next(self, ask: Ask) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if fault.times == 0 or not re.search(fault.match, f"{ask.method} {ask.target}"):
                    continue
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None


def status(code: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Action:
    """Answer with this status instead."""
    return lambda _ask, _reply: Reply(code, body, dict(headers or {}))


def header(name: str, value: str) -> Action:
    """Answer with one more header."""
    return lambda _ask, reply: replace(reply, headers={**reply.headers, name: value})


def body(content: bytes, kind: str = "application/json") -> Action:
    """Answer 200 with this body."""
    return lambda _ask, _reply: Reply(200, content, {"Content-Type": kind})


def html() -> Action:
    """Answer 200 with a page for people where JSON belongs."""
    return body(b"<!doctype html><title>Back soon</title>", "text/html; charset=utf-8")


def truncated() -> Action:
    """Cut the body in half, and declare the half as whole."""
    return lambda _ask, reply: replace(reply, body=reply.body[: len(reply.body) // 2])


def hang_up() -> Action:
    """End the connection without an answer."""
    return lambda _ask, reply: replace(reply, cut=-1)


def reset(after: int = 10) -> Action:
    """Reset the connection after some bytes of the body."""
    return lambda _ask, reply: replace(reply, cut=after)


def held(until: threading.Event) -> Action:
    """Answer only when ``until`` is set, or the Hub stops."""
    return lambda _ask, reply: replace(reply, wait=until)


def oversized(size: int) -> Action:
    """Answer with ``size`` bytes more than there should be, without declaring a length."""
    return lambda _ask, reply: replace(reply, body=reply.body + b" " * size, chunked=True)


def next_page(url: str | None = None) -> Action:
    """Name ``url`` as the next page of a list; None: the page that was just asked for."""
    return lambda ask, reply: header("Link", f'<{url or ask.origin + ask.target}>; rel="next"')(
        ask, reply
    )


def redirect(url: str) -> Action:
    """Redirect to ``url`` instead."""
    return status(307, {"Location": url})


def meanwhile(happens: Callable[[], object]) -> Action:
    """Answer as usual, and let something happen before the answer arrives."""

    def action(_ask: Ask, reply: Reply) -> Reply:
        happens()
        return reply

    return action
