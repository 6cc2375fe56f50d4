"""The packs as they were: at a git revision, or in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from curation import ids, packs, roots
from curation.errors import UsageError
from curation.rules import Pack
from curation.store import git
from curation.tagging import calibration
from curation.tagging.calibration import Fitted

_RULES = roots.RULES.name
_CALIBRATION = calibration.FILE.name


class Version(NamedTuple):
    """Packs, and the calibration that was fitted to them; ``name`` is for people."""

    name: str
    packs: tuple[Pack, ...]
    fitted: Fitted


def present() -> Version:
    """The stock packs of this tool."""
    return Version("present", packs.stock(), calibration.load())


def find(base: str, folder: Path = roots.PACKS) -> Version:
    """The version that ``base`` names: a folder, ``PACK@VERSION``, a git revision, or a release.

    A folder holds packs, or is one like ``curation/packs``; the calibration beside them counts,
    else the present one. ``PACK@VERSION`` are the present packs but for one, at a version that
    this tool brings for catalogs that pin it. A revision is one of the repository that ``folder``
    lies in, a release its tag. The vocabularies are today's. Raises UsageError for what is none
    of these, InputError for a version that this tool lacks.
    """
    path = Path(base)
    if path.is_dir():
        return _version(base, _in_folder(path))
    name, at, version = base.partition("@")
    if at and name in packs.available():
        pinned = packs.pinned(packs.available() | {name: version})
        return Version(base, pinned, calibration.load())
    try:
        repository = git.top(folder)
    except UsageError as error:  # this tool was installed, not checked out
        raise _refusal(base) from error
    for revision in (base, f"v{base}"):
        commit = git.commit(repository, revision)
        if commit:
            below = folder.resolve().relative_to(repository.resolve()).as_posix()
            return _version(f"{base} ({commit[:12]})", _in_commit(repository, commit, below))
    raise _refusal(base)


def _refusal(base: str) -> UsageError:
    return UsageError(
        f"neither a folder nor a revision that holds packs: {ids.clip(base)}",
        hint="name a git revision, a release (1.2.0), a pack (domains@1.2.0) or a folder of packs",
    )


def _version(name: str, files: Mapping[str, bytes]) -> Version:
    """The version in some files of a folder like ``curation/packs``, by path."""
    found = tuple(
        packs.decode(files[path], f"{name}: {path}")
        for path in sorted(files)
        if path.endswith(".toml") and path.removesuffix(Path(path).name) == f"{_RULES}/"
    )
    if not found:
        raise _refusal(name)
    raw = files.get(_CALIBRATION)
    where = f"{name}: {_CALIBRATION}"
    return Version(name, found, calibration.decode(raw, where) if raw else calibration.load())


def _in_folder(path: Path) -> dict[str, bytes]:
    inner = path / _RULES
    beside = path / _CALIBRATION if inner.is_dir() else path.parent / _CALIBRATION
    rules = sorted((inner if inner.is_dir() else path).glob("*.toml"))
    files = {f"{_RULES}/{file.name}": file for file in rules if file.name != _CALIBRATION}
    if beside.is_file():
        files[_CALIBRATION] = beside
    return {name: file.read_bytes() for name, file in files.items()}


def _in_commit(repository: Path, commit: str, folder: str) -> dict[str, bytes]:
    listed = git.listing(repository, commit, folder)
    wanted = {p: blob for p, blob in listed.items() if p == _CALIBRATION or p.startswith(_RULES)}
    return dict(zip(wanted, git.blobs(repository, list(wanted.values())), strict=True))
