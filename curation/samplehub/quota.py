"""The Hub's quota: calls per fixed window, counted by caller and by kind of URL."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

from curation.samplehub.wire import Ask, Reply, refusal

WINDOW: Final = 300.0
#: Calls per window: anonymous, and with a token.
ANONYMOUS: Final[Mapping[str, int]] = {"api": 500, "resolvers": 3000, "pages": 100}
KNOWN: Final[Mapping[str, int]] = {"api": 1000, "resolvers": 5000, "pages": 200}


class Meter:
    """Counts calls, and says in every answer what is left. Threads share one.

    ``quota`` replaces the Hub's usual numbers for kinds that it names.
    """

    def __init__(
        self, quota: Mapping[str, int] | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._quota = quota or {}
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: dict[tuple[str, bool], tuple[float, int]] = {}

    def count(self, ask: Ask) -> tuple[dict[str, str], Reply | None]:
        """The headers for the answer to ``ask``, and the refusal if the quota is spent."""
        kind, known = _kind(ask.path), ask.grants is not None
        quota = self._quota.get(kind, (KNOWN if known else ANONYMOUS)[kind])
        with self._lock:
            now = self._clock()
            started, used = self._windows.get((kind, known), (now, 0))
            if now - started >= WINDOW:
                started, used = now, 0
            self._windows[(kind, known)] = (started, used + 1)
        rest = int(WINDOW - (now - started))
        headers = {
            "RateLimit": f'"{kind}";r={max(0, quota - used - 1)};t={rest}',
            "RateLimit-Policy": f'"fixed window";"{kind}";q={quota};w={WINDOW:.0f}',
        }
        spent = used >= quota
        return headers, refusal(429, "We had to rate limit you.") if spent else None


def _kind(path: str) -> str:
    if "/resolve/" in path:
        return "resolvers"
    return "api" if path.startswith("/api/") else "pages"
