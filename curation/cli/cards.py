"""Where a verb gets the cards that are not in the cache."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from curation.cli import which
from curation.errors import HubError, ThrottledError

if TYPE_CHECKING:
    from curation.hub.client import Hub
    from curation.pipeline import FetchCard
    from curation.store.catalog import Catalog

#: What a Hub in trouble raises; an error of one model has a type of its own.
_OF_THE_HUB = (HubError, ThrottledError)
#: Each of them has been tried for some seconds. A catalog has hundreds of cards.
_PATIENCE = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say where cards come from."""
    parser.add_argument("--hub", metavar="URL", help="where cards are read that are not cached")
    parser.add_argument("--offline", action="store_true", help="reach for no Hub")


def fetcher(stack: ExitStack, catalog: Catalog, url: str | None) -> FetchCard:
    """Cards from the Hub, for as long as ``stack`` is open."""
    return _Fetcher(stack, which.hub(url, catalog.settings.sync.endpoint)).card


class _Fetcher:
    """Reaches for the Hub at the first card, and asks no more of one that is in trouble."""

    def __init__(self, stack: ExitStack, endpoint: str) -> None:
        self._stack = stack
        self._endpoint = endpoint
        self._hub: Hub | None = None
        self._failed = 0

    def card(self, model_id: str, revision: str) -> str | None:
        if self._failed >= _PATIENCE:
            raise HubError(f"{model_id}: not asked for, {self._endpoint} failed {_PATIENCE} times")
        try:
            text = self._open().card(model_id, revision)
        except HubError as error:
            self._failed = self._failed + 1 if type(error) in _OF_THE_HUB else 0
            raise
        self._failed = 0
        return text

    def _open(self) -> Hub:
        if self._hub is None:
            from curation.hub.client import Hub

            self._hub = self._stack.enter_context(Hub(self._endpoint, which.token()))
        return self._hub
