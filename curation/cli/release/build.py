"""``curate release build``: a checked catalog becomes ``dist/VERSION/``."""

from __future__ import annotations

import argparse
from pathlib import Path

from curation.cli.output import Output

HELP = "write the files of a release: JSON, JSON lines, Parquet, SQLite, checksums"
EXAMPLE = "curate release build --to dist"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "--to", type=Path, default=Path("dist"), metavar="DIR", help="where to (default: dist)"
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
    version = catalog.settings.version
    held = build.models(catalog)
    origin = build.provenance(catalog, version, held, _commit(root))
    folder = options.to / version
    build.write(folder, build.files(version, held, origin))
    out.line(f"{len(held)} models, version {version}, in {folder}")
    out.data({"errors": 0, "folder": str(folder), "models": len(held), "version": version})
    return 0


def _commit(root: Path) -> str | None:
    from curation.errors import UsageError
    from curation.store import git

    try:
        return git.commit(git.top(root), "HEAD")
    except UsageError:
        return None


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
