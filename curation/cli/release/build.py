"""``curate release build``: a checked catalog becomes ``dist/VERSION/``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.cli.table import counted

if TYPE_CHECKING:
    from curation.model import Model
    from curation.published import Changes
    from curation.store.catalog import Catalog
    from curation.store.git import Commit

HELP = "write the files of a release: JSON, JSON lines, Parquet, SQLite, checksums"
EXAMPLE = "curate release build --to dist"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "--to", type=Path, default=Path("dist"), metavar="DIR", help="where to (default: dist)"
    )
    parser.add_argument(
        "--since",
        metavar="RELEASE",
        help="folder or URL of the release before, for the changelog (default: this is the first)",
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Write the release; 1, and nothing is written, if the catalog has errors."""
    from curation.release import build
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    root = find_catalog()
    if errors := _errors(root):
        out.line(f"not built: {errors} errors; run 'curate validate'")
        out.data({"errors": errors, "folder": None})
        return 1
    catalog = Catalog(root)
    held = build.models(catalog)
    origin = build.provenance(catalog.settings, held, _commit(root, out))
    changes = _changes(options, catalog, held, out)
    content = build.files(held, origin, changes, build.tombstones(catalog))
    folder = options.to / origin.version
    build.write(folder, content)
    left = build.left_out(content)
    counts = build.counts(held)
    out.line(
        f"{counted(len(held), 'model')}, version {origin.version}, {len(content)} files in {folder}"
    )
    known = (f"{facet} {told['known']}" for facet, told in counts.items())
    out.line(f"known: {', '.join(known)}")
    if left:
        out.line(f"{left} of them are not in advisor/models.json: advisor/left-out.json says why")
    told = {"errors": 0, "folder": str(folder), "models": len(held), "version": origin.version}
    out.data(told | {"commit": origin.commit, "advisor_left_out": left, "counts": counts})
    return 0


def _commit(root: Path, out: Output) -> Commit | None:
    """The commit that the catalog is; None, and told, if it is none."""
    from curation.store import git

    found = git.head(root)
    if found is None or git.changed(root):
        why = "has changes that are not committed" if found else "is in no commit"
        out.line(f"the catalog {why}: provenance names no commit")
        return None
    return found


def _changes(
    options: argparse.Namespace, catalog: Catalog, held: list[Model], out: Output
) -> Changes:
    """What is new since the release before; told, if the version does not say how much that is."""
    from curation.cli.held import newest
    from curation.cli.release.check import since, too_low
    from curation.release import compare

    stated = catalog.settings.version
    if options.since is None:
        before = newest(options.to)
        if before and Path(before).name != stated:
            out.line(f"told as the first release: '--since {before}' tells what is new")
        return compare.first(one.id for one in held)
    found = since(options.since, catalog, held)
    if low := too_low(stated, found):
        out.line(low)
    return found


def _errors(root: Path) -> int:
    from datetime import UTC, datetime

    from curation.checks import gate
    from curation.checks.cache import Cache
    from curation.checks.sources import Folder
    from curation.cli import recheck

    source, cache = Folder(root), Cache(None)
    today = datetime.now(UTC).date().isoformat()
    outcome = gate.run(source, cache, today=today, rules=recheck.rules)
    more = recheck.findings(root, source, outcome, cache)
    return sum(one.severity == "error" for one in gate.report(outcome, more).findings)
