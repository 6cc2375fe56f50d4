"""A session that is ended from outside ends as by Ctrl-C: what was decided is tagged."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def orderly() -> Iterator[None]:
    """While it lasts, the end of the terminal and a request to end raise KeyboardInterrupt."""

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        for one in before:
            signal.signal(one, signal.SIG_IGN)  # once is enough: what is decided is being tagged
        if number != signal.SIGTERM:
            _silence()
        raise KeyboardInterrupt

    known = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    before = {one: signal.signal(one, end) for one in known if one}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _silence() -> None:
    """Nobody reads any more, and to write to a terminal that is gone is an error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
