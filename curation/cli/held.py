"""Which models advice is about: a release, bulk tags, or the catalog as it lies here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.model import Model


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--release`` and ``--from``."""
    parser.add_argument(
        "--release",
        metavar="PATH",
        help="a release: its folder or URL (default: the newest in dist/, else the catalog)",
    )
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="TAGS",
        help="bulk tags as JSON lines, in place of a release",
    )


def models(options: argparse.Namespace) -> tuple[str, tuple[Model, ...]]:
    """Where the models come from, and the models. Raises InputError if they cannot be read."""
    if options.source is not None:
        return _bulk(options)
    place = options.release or newest(Path("dist"))
    if place is None:
        return _catalog()
    from curation.release.reading import load

    found = load(place if "://" in place else newest(Path(place)) or place)
    return f"release {found.version}", found.models


def _bulk(options: argparse.Namespace) -> tuple[str, tuple[Model, ...]]:
    from curation.advise import bulk

    if options.release is not None:
        raise UsageError("--from and --release name two sources", hint="leave one of them out")
    if getattr(options, "licence", None) is not None:
        raise UsageError("bulk tags hold no licences", hint="leave out --licence, or ask a release")
    return options.source.name, tuple(bulk.models(options.source))


def newest(folder: Path) -> str | None:
    """The latest of the versions that are whole in ``folder``, None if it holds none."""
    versions = [path.parent for path in folder.glob("*/SHA256SUMS")]
    return str(max(versions, key=_version)) if versions else None


def _version(folder: Path) -> tuple[tuple[int, str], ...]:
    parts = folder.name.split(".")
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _catalog() -> tuple[str, tuple[Model, ...]]:
    from curation.release import build
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    try:
        root = find_catalog()
    except UsageError as error:
        hint = "name a release with --release, or run 'curate init'"
        raise UsageError(str(error), hint=hint) from error
    return str(root), tuple(build.models(Catalog(root)))
