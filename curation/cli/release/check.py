"""``curate release check``: what has changed since a release, and the next version."""

from __future__ import annotations

import argparse

from curation.cli.output import Output

HELP = "say what changed since a release, and which version that makes"
EXAMPLE = "curate release check dist/1.0.0"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("previous", metavar="RELEASE", help="folder or URL of the release before")


def run(options: argparse.Namespace, out: Output) -> int:
    """Print the changes; 1 if an id is lost or catalog.toml states a lower version than it must."""
    from curation.release import build, compare, reading
    from curation.roots import find_catalog
    from curation.store import rejections
    from curation.store.catalog import Catalog

    catalog = Catalog(find_catalog())
    old = reading.load(options.previous)
    new = {model.id: model for model in build.models(catalog)}
    buried = [grave.id for grave in rejections.tombstones(catalog.root)]
    changes = compare.compare({one.id: one for one in old.models}, new, buried)
    wanted = compare.following(old.version, changes.level)
    stated = catalog.settings.version
    low = _numbers(stated) < _numbers(wanted)
    for model_id in changes.lost:
        out.line(f"{model_id}: gone, and neither an alias nor in tombstones.toml")
    told = {
        "added": changes.added,
        "removed": changes.removed,
        "renamed": changes.renamed,
        "with other tags": changes.tags,
        "with other facts": changes.facts,
    }
    out.line(", ".join(f"{len(ids)} {what}" for what, ids in told.items()))
    out.line(f"{old.version} -> {wanted} ({changes.level})")
    if low:
        out.line(f"catalog.toml says {stated}; raise it to {wanted}")
    out.data({"changes": changes, "version": wanted, "stated": stated})
    return int(low or bool(changes.lost))


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
