"""What wants to merge, gathered for the policy: the changes, the files, and what the gates say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from curation import ids, review
from curation.checks import layout
from curation.checks.sources import Folder
from curation.cli.sides import states
from curation.cli.validate import gates as all_gates
from curation.errors import InputError
from curation.records import Finding
from curation.review.policy import Proposal
from curation.review.sides import CommitSide, FolderSide, Side
from curation.store import git, popularity, settings, toml
from curation.store.catalog import MODELS, RECORD


class Sides(NamedTuple):
    """Two states of a catalog, with the hash of each file by its path."""

    base: Side
    head: Side
    old: dict[str, str]
    new: dict[str, str]


class Gates(NamedTuple):
    """What the gates found, and in words, in which files."""

    findings: Sequence[Finding]
    looked_at: str


def listed(base: Side, head: Side) -> Sides:
    """Both sides with what they hold. Raises UsageError for a release."""
    return Sides(base, head, base.listing(), head.listing())


def settings_of_base(sides: Sides) -> settings.Settings:
    """The settings of BASE. Raises InputError if it has none, or broken ones."""
    where = f"{settings.FILE} ({sides.base.name})"
    if settings.FILE not in sides.old:
        raise InputError(f"{where}: missing", hint="the policy is read from where changes go to")
    (data,) = sides.base.read([settings.FILE], [sides.old[settings.FILE]])
    return toml.decode(data, settings.Settings, where)


def proposal(sides: Sides, catalog: Path | None, findings: Sequence[Finding]) -> Proposal:
    """The difference of two states, for the policy to judge. Raises InputError."""
    return Proposal(
        changes=review.changes(*states(sides.base, sides.head, catalog)),
        models=sum(map(_is_record, sides.old)),
        by_hand=_by_hand(sides),
        findings=findings,
    )


def gates(sides: Sides, catalog: Path | None, *, table: bool) -> Gates:
    """Run the gates on HEAD; a commit that does not lie in the working tree is copied first."""
    gone = frozenset(sides.old.keys() - sides.new.keys())
    with _files(sides.head) as (root, looked_at), all_gates.no_collection():
        source = _Head(root, gone)
        found = all_gates.report(catalog or root, source, cached=False, table=table)
    return Gates(found.findings, looked_at)


class _Head(Folder):
    """The files of a folder; what is gone is told from BASE, not from the last commit."""

    def __init__(self, root: Path, removed: frozenset[str]) -> None:
        super().__init__(root)
        self._gone = frozenset(path for path in removed if path.startswith(f"{MODELS}/"))

    def removed(self) -> frozenset[str]:
        """See Source."""
        return self._gone


@contextmanager
def _files(head: Side) -> Iterator[tuple[Path, str]]:
    """The folder in which the files of ``head`` lie, and in words, what it is."""
    if isinstance(head, FolderSide):
        yield head.root, f"the files of {head.name}"
    elif isinstance(head, CommitSide):
        checked_out = Path(head.repository, head.folder)
        if _is_checked_out(head):
            yield checked_out, f"{head.name}, which is checked out"
        else:
            with TemporaryDirectory(prefix="curate-policy-") as name:
                _copy(head, Path(name))
                yield Path(name), f"a copy of {head.name}, which is not what is checked out"
    else:
        raise TypeError(f"neither a folder nor a commit: {head.name}")


def _is_checked_out(head: CommitSide) -> bool:
    """Whether the catalog in the working tree is that of the commit."""
    prefix = _prefix(head.folder)
    touched = git.touched(head.repository, head.commit, None)
    return not any(path.startswith(prefix) for path in touched)


def _copy(head: CommitSide, folder: Path) -> None:
    """Write the files of a commit that are a catalog's; beside a catalog may lie anything."""
    blobs = {path: blob for path, blob in head.listing().items() if _is_ours(path)}
    contents = head.read(list(blobs), list(blobs.values()))
    for path, data in zip(blobs, contents, strict=True):
        if {"..", ".git"} & set(PurePosixPath(path).parts) or "\\" in path:
            raise InputError(f"{ids.clip(path)} ({head.name}): not a path of a catalog")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _by_hand(sides: Sides) -> list[str]:
    """The paths that differ, but for those of plain files that the machine writes.

    Of two states of one repository they are from its root, and no path of it is left out.
    """
    base, head, old, new = sides
    paths = old.keys() | new.keys()
    machines = {path for path in paths if _is_machines(path)}
    if not (isinstance(base, CommitSide) and _is_of_same(base, head)):
        return sorted({path for path in paths if old.get(path) != new.get(path)} - machines)
    asked = base.repository, base.commit, head.commit if isinstance(head, CommitSide) else None
    known = {_prefix(base.folder) + path for path in machines}
    return sorted((git.touched(*asked) - known) | git.retyped(*asked))


def _is_of_same(base: CommitSide, head: Side) -> bool:
    """Whether ``head`` is of the repository of ``base``: another commit, or the working tree."""
    here = Path(base.repository, base.folder).resolve()
    is_worktree = isinstance(head, FolderSide) and head.root.resolve() == here
    return isinstance(head, CommitSide) or is_worktree


def _is_ours(path: str) -> bool:
    return path in layout.FILES or path.partition("/")[0] in layout.ROOMS


def _is_machines(path: str) -> bool:
    return path == popularity.FILE or _is_record(path)


def _is_record(path: str) -> bool:
    return path.startswith(f"{MODELS}/") and path.endswith(RECORD)


def _prefix(folder: str) -> str:
    return "" if folder in ("", ".") else f"{folder}/"
