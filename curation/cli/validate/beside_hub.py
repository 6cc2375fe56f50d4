"""``curate validate --online``: hold the records that a change touches against the Hub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from curation.checks.codes import finding
from curation.checks.gate import Outcome
from curation.checks.sources import Source, name_of
from curation.cli import which
from curation.hub.client import Hub
from curation.hub.online import Disagreement, disagreements
from curation.records import Finding, Record
from curation.store import git

CODES = frozenset({"CUR501", "CUR502"})


def findings(root: Path, source: Source, outcome: Outcome, since: str | None) -> list[Finding]:
    """What the Hub holds against every record that is not as it was in the commit ``since``.

    One call a record. Outside of a git repository, or without a commit, that is every record.
    Raises UsageError for a ``since`` that names no commit.
    """
    before = _before(root, since)
    records = list(_changed(source, outcome, before))
    settings = outcome.world.settings
    if not records or not settings:
        return []
    with Hub(which.hub(None, settings.sync.endpoint), which.token()) as hub:
        return [_finding(one) for one in disagreements(hub, records)]


def _before(root: Path, since: str | None) -> Mapping[str, str]:
    """Path: blob id of the catalog's files in the commit."""
    from curation.errors import UsageError

    try:
        repository = git.top(root)
    except UsageError:
        if since:
            raise
        return {}
    commit = git.commit(repository, since or "HEAD")
    if commit is None:
        if since:
            raise UsageError(f"no commit {since[:40]!a}", hint="name one with --since")
        return {}
    return git.listing(repository, commit, root.resolve().relative_to(repository).as_posix())


def _changed(source: Source, outcome: Outcome, before: Mapping[str, str]) -> Iterator[Record]:
    for model_id in sorted(outcome.world.records):
        path = f"models/{model_id}.json"
        was = before.get(path)
        if was is not None and name_of(source.read(path), len(was)) == was:
            continue
        record = outcome.world.record(model_id)
        if record is not None:
            yield record


def _finding(one: Disagreement) -> Finding:
    code = "CUR502" if one.error else "CUR501"
    pointer = "/" + one.field.replace(".", "/") if one.field else None
    return finding(code, f"models/{one.id}.json", one.message, pointer=pointer)
