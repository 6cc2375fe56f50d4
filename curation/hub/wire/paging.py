"""Lists come in pages, each naming the next: they must end, and never come back."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

from curation.errors import UntrustedError

#: Pages remembered at once, over all lists that are being read.
_REMEMBERED = 4096


class _Page(NamedTuple):
    url: str
    number: int
    before: _Page | None


class Chains:
    """Follows every list by the URLs of its pages. Threads share one."""

    def __init__(self, *, pages: int) -> None:
        self._most = pages
        self._lock = threading.Lock()
        self._expected: OrderedDict[str, _Page] = OrderedDict()

    def admit(self, page: str, following: str) -> None:
        """Take in that the page at URL ``page`` names ``following`` as the next one.

        Raises UntrustedError if that page was read before, or is one too many.
        """
        with self._lock:
            here = self._expected.get(page) or _Page(page, 1, None)
            _check_new(here, following)
            if here.number >= self._most:
                raise UntrustedError(f"a list of more than {self._most} pages: not followed")
            self._expected[following] = _Page(following, here.number + 1, here)
            self._expected.move_to_end(following)
            if len(self._expected) > _REMEMBERED:
                self._expected.popitem(last=False)


def _check_new(page: _Page | None, following: str) -> None:
    while page:
        if page.url == following:
            raise UntrustedError(f"a list whose pages repeat after page {page.number}")
        page = page.before
