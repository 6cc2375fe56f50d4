"""``curate release check``: what has changed since a release, and the next version."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from curation.cli.output import Output

if TYPE_CHECKING:
    from curation.model import Model
    from curation.published import Changes
    from curation.store.catalog import Catalog

HELP = "say what changed since a release, and which version that makes"
EXAMPLE = "curate release check dist/1.0.0"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("previous", metavar="RELEASE", help="folder or URL of the release before")


def run(options: argparse.Namespace, out: Output) -> int:
    """Print the changes; 1 if an id is lost or catalog.toml states a lower version than it must."""
    from curation.release import build, compare
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    catalog = Catalog(find_catalog())
    changes = since(options.previous, catalog, build.models(catalog))
    wanted = compare.following(changes.previous or "", changes.level)
    stated = catalog.settings.version
    low = too_low(stated, changes)
    for model_id in changes.lost:
        out.line(f"{model_id}: gone, and neither an alias nor in tombstones.toml")
    for broken in changes.breaks:
        out.line(f"breaks readers: {broken}")
    for where in changes.grown:
        out.line(f"more for readers: {where}")
    told = {
        "added": changes.added,
        "removed": changes.removed,
        "renamed": changes.renamed,
        "with other tags": changes.tags,
        "with other facts": changes.facts,
    }
    out.line(", ".join(f"{len(ids)} {what}" for what, ids in told.items()))
    if any(told.values()):
        out.line(f"'curate diff {options.previous}' tells of each")
    out.line(f"{changes.previous} -> {wanted} ({changes.level})")
    if low:
        out.line(low)
    out.data({"changes": changes, "version": wanted, "stated": stated})
    return int(bool(low or changes.lost))


def since(previous: str, catalog: Catalog, held: list[Model]) -> Changes:
    """What ``held`` changes beside the release at a folder or URL, in models and in schema."""
    from curation.release import breaks, build, compare, reading
    from curation.store import rejections

    old = reading.load(previous)
    theirs = reading.schemas(previous)
    ours = {name: json.loads(text) for name, text in build.schemas().items()}
    return compare.compare(
        {one.id: one for one in old.models},
        {one.id: one for one in held},
        {grave.id for grave in rejections.tombstones(catalog.root)},
        previous=old.version,
        breaks=breaks.of_files(theirs, ours),
        grown=breaks.grown(theirs, ours),
        before=old.tombstones,
    )


def too_low(stated: str, changes: Changes) -> str:
    """What is wrong with the version of catalog.toml for ``changes``; '' if nothing is."""
    from curation.release.compare import following

    wanted = following(changes.previous or "", changes.level)
    low = [*map(int, stated.split("."))] < [*map(int, wanted.split("."))]
    return f"catalog.toml says {stated}; raise it to {wanted}" if low else ""
