"""The options that several sub-commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.tagging.governance.gold import Gold
    from curation.tagging.governance.sources import Source


def add_gold(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Declare ``--gold``."""
    parser.add_argument(
        "--gold",
        nargs="+",
        type=Path,
        metavar="GOLD",
        required=required,
        default=[],
        help="annotated models",
    )


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Declare ``--from``."""
    parser.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        type=Path,
        metavar="FILE",
        required=True,
        help="models as Parquet or JSON lines",
    )


def read_gold(paths: list[Path]) -> list[Gold]:
    """The lines of all gold files."""
    from curation.tagging.governance import gold

    return [line for path in paths for line in gold.read_gold(path)]


def stock() -> list[Source]:
    """The stock packs, with the lines of their rules."""
    from curation import roots
    from curation.tagging.governance import sources

    return sources.read(sorted(roots.RULES.glob("*.toml")))


def own() -> list[Source]:
    """The packs of the catalog that the working folder is in, if it is in one."""
    from curation import roots
    from curation.errors import UsageError
    from curation.tagging.governance import sources

    try:
        catalog = roots.find_catalog()
    except UsageError:
        return []
    return sources.read(sorted((catalog / "rules").glob("*.toml")))
