"""When to ask no more: a Hub in trouble costs seconds a call, and a catalog has hundreds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from curation.errors import HubError, ThrottledError

#: What a Hub in trouble raises; an error of one model has a type of its own.
_OF_THE_HUB = (HubError, ThrottledError)
_TRIES = 3


class Patience:
    """Counts how often in a row the Hub failed, whatever it was asked for."""

    def __init__(self) -> None:
        self._failed = 0

    @contextmanager
    def asking(self, what: str) -> Iterator[None]:
        """Around one question. Raises HubError at once after three that failed with the Hub."""
        if self._failed >= _TRIES:
            raise HubError(f"{what}: not asked for, the Hub failed {self._failed} times")
        try:
            yield
        except HubError as error:
            self._failed = self._failed + 1 if type(error) in _OF_THE_HUB else 0
            raise
        self._failed = 0
