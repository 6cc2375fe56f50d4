"""Where a verb gets the cards that are not in the cache."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from curation.cli import which
from curation.hub.patience import Patience

if TYPE_CHECKING:
    from curation.hub.client import Hub
    from curation.pipeline import FetchCard
    from curation.store.catalog import Catalog


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
        self._patience = Patience()

    def card(self, model_id: str, revision: str) -> str | None:
        with self._patience.asking(model_id):
            return self._open().card(model_id, revision)

    def _open(self) -> Hub:
        if self._hub is None:
            from curation.hub.client import Hub

            self._hub = self._stack.enter_context(Hub(self._endpoint, which.token()))
        return self._hub
