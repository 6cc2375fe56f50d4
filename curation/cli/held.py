"""Which models advice is about: a release, or the catalog as it lies here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.model import Model


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--release``."""
    parser.add_argument(
        "--release",
        metavar="PATH",
        help="a release: its folder or URL (default: the newest in dist/, else the catalog)",
    )


def models(options: argparse.Namespace) -> tuple[str, tuple[Model, ...]]:
    """Where the models come from, and the models. Raises InputError if they cannot be read."""
    place = options.release or _newest(Path("dist"))
    if place is None:
        return _catalog()
    from curation.release.reading import load

    found = load(place if "://" in place else _newest(Path(place)) or place)
    return f"release {found.version}", found.models


def _newest(folder: Path) -> str | None:
    """The latest of the versions in ``folder``, None if it holds none."""
    versions = [path.parent for path in folder.glob("*/catalog.jsonl")]
    return str(max(versions, key=_version)) if versions else None


def _version(folder: Path) -> tuple[tuple[int, str], ...]:
    parts = folder.name.split(".")
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _catalog() -> tuple[str, tuple[Model, ...]]:
    from curation.release import build
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    root = find_catalog()
    return str(root), tuple(build.models(Catalog(root)))
