"""A client of the Hub whose time passes only when it waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from curation.hub.client import Hub
from curation.hub.wire.session import Timing


class Clock:
    """Counts seconds from 0; ``slept`` lists the waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def connect(clock: Clock) -> Iterator[Callable[..., Hub]]:
    """Makes a ``Hub`` on the test's clock; it is closed at the end."""
    opened: list[Hub] = []

    def make(endpoint: str, token: str | None = None, **options: Any) -> Hub:
        timing = Timing(clock=clock, now=lambda: 1_790_000_000.0, sleep=clock.sleep)
        opened.append(Hub(endpoint, token, timing=timing, **options))
        return opened[-1]

    yield make
    for hub in opened:
        hub.close()
