"""A connection of its own for every thread, and none left open."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx2

from curation.hub.wire.spread import Spread


class Line(httpx2.BaseTransport):
    """Counts how often it is closed; a request waits until it may go on."""

    def __init__(self, may_go_on: threading.Event) -> None:
        self.asked = threading.Event()
        self.closed = 0
        self._may_go_on = may_go_on

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.set()
        assert self._may_go_on.wait(10)
        return httpx2.Response(200)

    def close(self) -> None:
        self.closed += 1


def spread(go_on: threading.Event) -> tuple[Spread, list[Line]]:
    lines: list[Line] = []

    def make() -> Line:
        lines.append(Line(go_on))
        return lines[-1]

    return Spread(make), lines


REQUEST = httpx2.Request("GET", "http://127.0.0.1/")


def test_each_thread_has_a_connection_of_its_own_and_keeps_it() -> None:
    go_on = threading.Event()
    go_on.set()
    shared, lines = spread(go_on)
    for _ in range(2):
        shared.handle_request(REQUEST)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(shared.handle_request, REQUEST).result()
    assert len(lines) == 2
    shared.close()
    assert [line.closed for line in lines] == [1, 1]


def test_what_connects_while_all_is_closed_is_closed_when_it_has_been_read() -> None:
    go_on = threading.Event()
    shared, lines = spread(go_on)

    def ask() -> int:
        with shared.turn():
            shared.handle_request(REQUEST)
            return lines[0].closed

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(ask)
        while not lines:
            assert not late.done()
        assert lines[0].asked.wait(10)
        shared.close()
        assert lines[0].closed == 0
        go_on.set()
        assert late.result() == 0
    assert lines[0].closed == 1


def test_a_turn_after_the_end_leaves_nothing_open() -> None:
    shared, lines = spread(threading.Event())
    shared.close()
    with shared.turn():
        pass
    assert [line.closed for line in lines] == [1]
