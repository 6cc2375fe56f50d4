"""``curate audit``: hold the catalog as a whole against what its owners expect."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from curation import roots
from curation.cli.output import Output

if TYPE_CHECKING:
    from curation.checks.audit import Outcome
    from curation.records import Record

HELP = "hold the catalog as a whole against what its owners expect"
EXAMPLE = """
curate audit
curate audit --against v1.2.0 --docs build/audit
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "--against",
        metavar="OLD",
        help="the previous release, from which shares may drift: a commit, tag or folder",
    )
    parser.add_argument("--docs", type=Path, metavar="DIR", help="write pages for people to read")


def run(options: argparse.Namespace, out: Output) -> int:
    """Print what does not hold, and return 1 if that is an error."""
    from curation.checks import audit
    from curation.store.catalog import Catalog

    catalog = Catalog(roots.find_catalog())
    before = _before(options.against, catalog.root) if options.against else None
    docs = options.docs.resolve() if options.docs else None
    with out.progress("auditing"):
        found = audit.run(catalog.settings.audit, list(catalog.records()), before, docs)
    _report(catalog.root, found, out)
    return 1 if any(one.severity == "error" for one in found.findings) else 0


class _Nothing:
    """A side without files, so that all of the other differ."""

    name = "nothing"

    def listing(self) -> dict[str, str]:
        return {}

    def read(self, paths: Sequence[str], hashes: Sequence[str]) -> Iterator[bytes]:
        return iter(())


def _before(old: str, root: Path) -> list[Record]:
    from curation import review

    base, _ = review.open_sides(old, root)
    return [*review.differing(base, _Nothing())[0].values()]


def _report(root: Path, found: Outcome, out: Output) -> None:
    from curation.checks.sources import Folder
    from curation.cli.validate.formats import Told, text
    from curation.cli.validate.formats.places import Places

    places = Places(root, Folder(root))
    told = Told(findings=found.findings, waived=0, mended=(), places=places, quiet=False)
    text.write(told, out)
    out.line(f"{found.expectations} expectations, {len(found.findings)} not met")
    if found.docs:
        out.line(f"see {found.docs}")
    out.data(
        {
            "findings": places.told(found.findings),
            "expectations": found.expectations,
            "docs": str(found.docs) if found.docs else None,
        }
    )
