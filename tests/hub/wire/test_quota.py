"""Reading the quota, and keeping to it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import ThrottledError
from curation.hub.wire import quota
from curation.hub.wire.quota import Left, Pacer

POLICY = '"fixed window";"api";q=500;w=300'


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def pacer(clock: Clock, patience: float = 320.0) -> Pacer:
    return Pacer(clock=clock, sleep=clock.sleep, patience=patience)


def call(paced: Pacer, calls: int, seconds: int, policy: str = POLICY) -> None:
    with paced.turn("api") as tell:
        tell(
            httpx2.Headers(
                {"RateLimit": f'"api";r={calls};t={seconds}', "RateLimit-Policy": policy}
            )
        )


def test_what_is_left_is_read() -> None:
    headers = httpx2.Headers({"RateLimit": '"api";r=489;t=243', "RateLimit-Policy": POLICY})
    assert quota.left(headers) == Left(489, 243, 500)
    assert quota.left(httpx2.Headers({"RateLimit": '"api"; r = 1 ; t=2'})) == Left(1, 2, None)
    assert quota.left({}) is None


@given(st.text(), st.text())
def test_no_header_breaks_the_reading(limit: str, policy: str) -> None:
    for said in (limit, f'"api";r={limit};t=1', '"api";r=' + "9" * 5000 + ";t=1"):
        quota.left({"ratelimit": said, "ratelimit-policy": policy})
        quota.asked_wait({"ratelimit": said, "retry-after": policy}, 0.0)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": " 86400 "}, 86400.0),
        ({"ratelimit": '"api";r=0;t=55', "retry-after": "12"}, 56.0),
        ({"ratelimit": '"api";r=7;t=55'}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({}, None),
    ],
)
def test_a_refusal_may_say_how_long_to_wait(headers: dict[str, str], wait: float | None) -> None:
    assert quota.asked_wait(headers, 0.0) == wait


def test_a_refusal_may_name_the_time() -> None:
    then = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    headers = {"retry-after": format_datetime(then + timedelta(seconds=90), usegmt=True)}
    assert quota.asked_wait(headers, then.timestamp()) == 90.0
    assert quota.asked_wait(headers, then.timestamp() + 1000) == 0.0


def test_plenty_is_not_paced() -> None:
    clock = Clock()
    paced = pacer(clock)
    for used in range(1, 400):
        call(paced, 500 - used, 300)
    assert clock.slept == []


def test_a_whole_window_is_used_without_a_refusal() -> None:
    """A Hub that counts as the real one does never has cause to refuse."""
    clock = Clock()
    paced = pacer(clock)
    started, used = clock.now, 0
    for _ in range(1200):
        with paced.turn("api") as tell:
            if clock.now >= started + 300:
                started, used = clock.now, 0
            used += 1
            assert used <= 500
            rest = int(started + 300 - clock.now)
            said = {"RateLimit": f'"api";r={500 - used};t={rest}', "RateLimit-Policy": POLICY}
            tell(httpx2.Headers(said))
    assert max(clock.slept) <= 301
    assert clock.now - 1000.0 == pytest.approx(600, abs=20)


def test_the_last_tenth_is_spread_over_the_window() -> None:
    clock = Clock()
    paced = pacer(clock)
    call(paced, 40, 200)
    call(paced, 39, 200)
    call(paced, 38, 195)
    assert clock.slept == [pytest.approx(5, abs=0.1)]


def test_a_spent_quota_waits_for_the_next_window() -> None:
    clock = Clock()
    paced = pacer(clock)
    call(paced, 0, 120)
    call(paced, 499, 300)
    assert clock.slept == [121.0]


def test_kinds_of_calls_have_their_own_quota() -> None:
    clock = Clock()
    paced = pacer(clock)
    call(paced, 0, 120)
    with paced.turn("resolvers"):
        pass
    assert clock.slept == []


def test_calls_on_their_way_are_counted_too() -> None:
    clock = Clock()
    paced = pacer(clock)
    said = httpx2.Headers({"RateLimit": '"api";r=2;t=100', "RateLimit-Policy": '"w";q=3'})
    with paced.turn("api") as tell, paced.turn("api"), paced.turn("api"):
        tell(said)  # the two inside may be counted, or not yet
    with paced.turn("api"):
        pass
    assert clock.slept == [101.0]


def test_answers_may_overtake_each_other() -> None:
    clock = Clock()
    paced = pacer(clock)
    for calls in (3, 9):  # the second was sent first, when more was left
        with paced.turn("api") as tell:
            tell(
                httpx2.Headers({"RateLimit": f'"api";r={calls};t=100', "RateLimit-Policy": ";q=1"})
            )
    for _ in range(2):
        with paced.turn("api"):
            pass
    assert clock.slept == []
    with paced.turn("api"):
        pass
    assert clock.slept == [101.0]


def test_a_longer_wait_than_our_patience_fails_at_once() -> None:
    clock = Clock()
    paced = pacer(clock)
    paced.block("api", 86400)
    for _ in range(2):
        with pytest.raises(ThrottledError, match="86,400 s"), paced.turn("api"):
            pass
    assert clock.slept == []


def test_a_block_within_our_patience_is_waited_for() -> None:
    clock = Clock()
    told: list[float] = []
    paced = Pacer(clock=clock, sleep=clock.sleep, patience=320, waiting=told.append)
    paced.block("api", 30)
    with paced.turn("api"):
        pass
    assert clock.slept == told == [30.0]


def test_threads_share_one_quota() -> None:
    clock = Clock()
    paced = pacer(clock)
    call(paced, 30, 200)
    granted: list[float] = []

    def work() -> None:
        with paced.turn("api"):
            granted.append(clock.now)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(granted) == 8
    assert clock.now - 1000 >= 7 * 6, "one at a time, 200 s over 30 calls"
