"""Ends from outside, as signals to this process."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from curation.cli.review import ending

SIGNALS = [signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Streams that may go, in place of those of the tests; handlers are as they were."""
    before = [signal.getsignal(one) for one in SIGNALS]
    nowhere = Path(os.devnull)
    with nowhere.open("w") as out, nowhere.open("w") as err:
        monkeypatch.setattr("sys.stdout", out)
        monkeypatch.setattr("sys.stderr", err)
        yield
    assert [signal.getsignal(one) for one in SIGNALS] == before


@pytest.mark.parametrize("number", SIGNALS)
def test_a_session_is_interrupted(number: int) -> None:
    with pytest.raises(KeyboardInterrupt), ending.orderly():
        signal.raise_signal(number)


@pytest.mark.parametrize("number", SIGNALS)
def test_what_follows_it_goes_on(number: int) -> None:
    done = []
    with ending.unhurried():
        signal.raise_signal(number)
        done.append(number)
        sys.stdout.write("to a terminal that is gone")
        sys.stdout.flush()
    assert done == [number]
