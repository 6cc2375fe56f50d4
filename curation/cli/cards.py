"""Where a verb gets the cards that are not in the cache."""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.hub.client import Hub
    from curation.pipeline import FetchCard
    from curation.store.catalog import Catalog


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say where cards come from."""
    parser.add_argument("--hub", metavar="URL", help="where cards are read that are not cached")
    parser.add_argument("--offline", action="store_true", help="reach for no Hub")


def fetcher(stack: ExitStack, catalog: Catalog, url: str | None) -> FetchCard:
    """Cards from the Hub; it is reached for only if one is not in the cache."""

    @cache
    def hub() -> Hub:
        from curation.hub.client import Hub

        endpoint = url or os.environ.get("HF_ENDPOINT") or catalog.settings.sync.endpoint
        return stack.enter_context(Hub(endpoint, os.environ.get("HF_TOKEN")))

    return lambda model_id, revision: hub().card(model_id, revision)
