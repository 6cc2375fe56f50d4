"""The checks that a catalog has to pass, run as one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.checks.gate import Report
    from curation.checks.sources import Source


def report(
    root: Path,
    source: Source,
    *,
    cached: bool,
    table: bool = False,
    online: bool = False,
    since: str | None = None,
) -> Report:
    """What the checks hold against ``source``, a state of the catalog ``root``.

    ``cached``: what was seen of a file before need not be seen again. ``table`` and ``online`` are
    more checks, the latter of what changed ``since`` a commit. Raises InputError.
    """
    from datetime import UTC, datetime

    from curation.checks import gate
    from curation.checks.cache import Cache
    from curation.cli import recheck
    from curation.roots import work_folder

    cache = Cache(work_folder(root) if cached else None)
    today = datetime.now(UTC).date().isoformat()
    outcome = gate.run(source, cache, today=today, rules=recheck.rules)
    more = recheck.findings(root, source, outcome, cache)
    asked = set(gate.ASKED)
    if table:
        from curation.checks import table as table_checks

        more = [*more, *table_checks.findings(outcome.world)]
        asked |= table_checks.CODES
    if online:
        from curation.cli.validate import beside_hub

        more = [*more, *beside_hub.findings(root, source, outcome, since)]
        asked |= beside_hub.CODES
    cache.save()
    return gate.report(outcome, more, asked)


def source(root: Path, *, staged: bool, since: str | None = None) -> Source:
    """The files of the catalog ``root``: as git has them staged, or as they are in the folder."""
    if not staged:
        from curation.checks.sources import Folder

        return Folder(root, since=since)
    from curation.store.staged import Staged

    asked = Staged(root, since)  # git works while we import
    from curation.checks.sources import Index

    return Index(root, asked)


@contextmanager
def no_collection() -> Iterator[None]:
    """Spare the search for circles of garbage: a run makes hardly any, and ends soon."""
    import gc

    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
