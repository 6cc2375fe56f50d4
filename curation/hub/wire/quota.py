"""The Hub's quota: read it from every answer, and slow down before it is spent.

The Hub counts calls per fixed window and per kind of URL, and says what is left:
``RateLimit: "api";r=REMAINING;t=SECONDS``, and of how much:
``RateLimit-Policy: "fixed window";"api";q=QUOTA;w=300``.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from curation.errors import ThrottledError
from curation.hub.wire.limits import Kind

_LEFT = re.compile(r'"[\w-]{1,40}"\s*;\s*r\s*=\s*(\d{1,9})\s*;\s*t\s*=\s*(\d{1,9})', re.ASCII)
_QUOTA = re.compile(r";\s*q\s*=\s*(\d{1,9})", re.ASCII)

#: Below this share of the quota, calls are spread over what is left of the window.
_RESERVE = 0.1
#: The reserve where the Hub does not say its quota, in calls.
_UNKNOWN_RESERVE = 50
#: Longest pause between two calls while spreading, in seconds.
_SPREAD = 10.0
#: Seconds by which two announcements of the same window's end may differ.
_SAME_WINDOW = 2.0

#: The Hub announces whole seconds; what it cut off is waited for.
_ROUNDING = 1.0


class Left(NamedTuple):
    """What an answer says is left: calls, seconds until the window ends, calls per window."""

    calls: int
    seconds: int
    quota: int | None


class Usage(NamedTuple):
    """Calls made and, where the Hub has said it, what is left of each kind."""

    calls: Mapping[Kind, int]
    left: Mapping[Kind, Left]


def left(headers: Mapping[str, str]) -> Left | None:
    """What ``headers`` (case-insensitive) say of the quota, or None."""
    found = _LEFT.search(headers.get("ratelimit", ""))
    if not found:
        return None
    policy = _QUOTA.search(headers.get("ratelimit-policy", ""))
    return Left(int(found[1]), int(found[2]), int(policy[1]) if policy else None)


def asked_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that a refusal (429, 503) asks to wait, or None; ``now`` is the epoch's time."""
    spent = left(headers)
    if spent and spent.calls == 0:
        return spent.seconds + _ROUNDING
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError):
        return None


class Pacer:
    """Lets calls through at the pace that the quota allows. Threads share one.

    ``clock`` gives seconds that only ever go forward, ``sleep`` waits, ``patience`` is the
    longest that one call waits (else ThrottledError). ``waiting`` is told of waits that a person
    would notice, in seconds.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        patience: float,
        waiting: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._patience = patience
        self._waiting = waiting
        self._lock = threading.Lock()
        self._lanes: dict[Kind, _Lane] = {}

    def usage(self) -> Usage:
        """What was called until now, and the newest word on what is left."""
        with self._lock:
            lanes = dict(self._lanes)
            return Usage(
                {kind: lane.made for kind, lane in lanes.items()},
                {kind: lane.said for kind, lane in lanes.items() if lane.said},
            )

    @contextmanager
    def turn(self, kind: Kind) -> Iterator[Callable[[Mapping[str, str]], None]]:
        """Wait for one call's turn; yields what must be told the answer's headers."""
        lane = self._enter(kind)
        try:
            yield lambda headers: self._heard(lane, headers)
        finally:
            with self._lock:
                lane.out -= 1

    def block(self, kind: Kind, seconds: float) -> None:
        """No call of this kind for ``seconds``: the Hub has said so."""
        with self._lock:
            lane = self._lanes.setdefault(kind, _Lane())
            lane.blocked_until = max(lane.blocked_until, self._clock() + seconds)

    def _enter(self, kind: Kind) -> _Lane:
        start = self._clock()
        while True:
            with self._lock:
                now = self._clock()
                lane = self._lanes.setdefault(kind, _Lane())
                wait = lane.claim(now)
            if not wait:
                return lane
            if now + wait - start > self._patience:
                raise _throttled(kind, wait)
            if wait > 1:
                self._waiting(wait)
            self._sleep(wait)

    def _heard(self, lane: _Lane, headers: Mapping[str, str]) -> None:
        said = left(headers)
        if said:
            with self._lock:
                lane.hear(said, self._clock())


class _Lane:
    """What is known of the quota of one kind of call."""

    def __init__(self) -> None:
        self.out = 0  # calls on their way: the Hub may not have counted them yet
        self.made = 0
        self.said: Left | None = None
        self.blocked_until = 0.0
        self._calls = 0
        self._ends = float("-inf")
        self._reserve = 0.0
        self._next = 0.0

    def claim(self, now: float) -> float:
        """Take a turn and return 0, or return the seconds after which to ask again."""
        if now < self.blocked_until:
            return self.blocked_until - now
        if now < self._ends:
            if self._calls <= 0:
                return self._ends - now
            if self._calls < self._reserve:
                if now < self._next:
                    return self._next - now
                self._next = now + min((self._ends - now) / self._calls, _SPREAD)
        self._calls -= 1
        self.out += 1
        self.made += 1
        return 0.0

    def hear(self, said: Left, now: float) -> None:
        """Take in what an answer says; this call itself is still counted in ``out``."""
        self.said = said
        calls, ends = said.calls - (self.out - 1), now + said.seconds + _ROUNDING
        if abs(ends - self._ends) <= _SAME_WINDOW:
            calls = min(calls, self._calls)  # answers overtake each other
        self._calls, self._ends = calls, ends
        self._reserve = _UNKNOWN_RESERVE if said.quota is None else said.quota * _RESERVE


def _throttled(kind: Kind, wait: float) -> ThrottledError:
    return ThrottledError(
        f"the Hub asks to wait {wait:,.0f} s before more {kind} calls",
        hint="run again later; with a token in HF_TOKEN the quota is larger",
    )
