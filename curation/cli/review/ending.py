"""A session that is ended from outside ends as by Ctrl-C: what was decided is tagged."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

_Answer = Callable[[int, FrameType | None], None]


def orderly() -> AbstractContextManager[None]:
    """While it lasts, the end of the terminal and a request to end raise KeyboardInterrupt."""
    return _answered(_end)


def unhurried() -> AbstractContextManager[None]:
    """While it lasts, neither ends the process: what it does is short, and should be whole."""
    return _answered(_go_on)


@contextmanager
def _answered(answer: _Answer) -> Iterator[None]:
    known = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    before = {one: signal.signal(one, answer) for one in known if one}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _end(number: int, frame: FrameType | None) -> None:
    _go_on(number, frame)
    raise KeyboardInterrupt


def _go_on(number: int, frame: FrameType | None) -> None:
    del frame
    if number != signal.SIGTERM:  # to write to a terminal that is gone is an error
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
