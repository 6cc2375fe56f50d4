"""The signs by which a doctor tells: versions, catalog, cache, git, Hub, token, quota."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

import curation
from curation.cli import which
from curation.cli.table import counted
from curation.errors import CurateError, InputError, UsageError
from curation.hub.client import ENDPOINT, Hub
from curation.roots import find_catalog, work_folder
from curation.store import worktree
from curation.store.catalog import Catalog


class Sign(msgspec.Struct, frozen=True):
    """What was looked at, how it is, what it says, and what to do about it."""

    of: str
    state: Literal["good", "look", "bad"]
    says: str
    do: str | None = None


def signs(hub: str | None, *, offline: bool = False) -> Iterator[Sign]:
    """All signs, the Hub's last; without a catalog those that need none."""
    yield _versions()
    configured = ENDPOINT
    try:
        catalog = Catalog(find_catalog())
        configured = catalog.settings.sync.endpoint
    except (UsageError, InputError) as error:
        yield Sign("catalog", "bad", str(error), error.hint)
    else:
        yield from _of_catalog(catalog)
    if offline:
        yield Sign("hub", "look", "not asked")
    else:
        yield from _of_hub(which.hub(hub, configured))


def _versions() -> Sign:
    from importlib.metadata import version

    names = ("huggingface_hub", "httpx2", "msgspec", "pyarrow")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return Sign(
        "versions",
        "good",
        f"curate {curation.__version__}, Python {platform.python_version()}, {libraries}",
    )


def _of_catalog(catalog: Catalog) -> Iterator[Sign]:
    try:
        count = len(catalog.ids())
        troubled = sum(bool(row.trouble) for row in catalog.popularity().values())
    except InputError as error:
        yield Sign("catalog", "bad", str(error), error.hint or "run 'curate validate'")
        return
    if troubled:
        says = f"{counted(count, 'model')}, {troubled} of them in trouble at the last sync"
        yield Sign("catalog", "look", says, "'curate sync' names them; a tombstone buries one")
    else:
        yield Sign("catalog", "good", f"{counted(count, 'model')} in {catalog.root}")
    yield from _of_cache(work_folder(catalog.root))
    yield _of_git(catalog.root)


def _of_cache(folder: Path) -> Iterator[Sign]:
    cards = [path.stat().st_size for path in (folder / "cards").rglob("*.md")]
    yield Sign("cache", "good", f"{counted(len(cards), 'card')}, {sum(cards) / 1e6:.1f} MB")
    if (folder / "sync" / "journal.jsonl").exists():
        yield Sign("journal", "look", "a sync was broken off", "'curate sync' goes on with it")


def _of_git(catalog: Path) -> Sign:
    found = worktree.look(catalog)
    if found is None:
        return Sign("git", "look", "the catalog is in no repository", "run 'git init'")
    if not found.ignored:
        return Sign("git", "bad", ".curate is not ignored", "put '.curate/' into .gitignore")
    where = f"on {found.branch}" if found.branch else "on no branch"
    if found.uncommitted:
        says = f"{where}, {counted(found.uncommitted, 'uncommitted change')} in the catalog"
        return Sign("git", "look", says, "commit them first, so that a sync's diff is its own")
    return Sign("git", "good", f"{where}, nothing uncommitted")


def _of_hub(url: str) -> Iterator[Sign]:
    token = which.token()
    try:
        with Hub(url, token) as hub:
            next(hub.search({"limit": 1}), None)
            yield Sign("hub", "good", f"{hub.endpoint} answers")
            yield _of_token(hub, token)
            yield from _of_quota(hub)
    except CurateError as error:
        yield Sign("hub", "bad", str(error), error.hint)


def _of_token(hub: Hub, token: str | None) -> Sign:
    if not token:
        says = "none: the quota is half of an account's, and gated cards stay closed"
        return Sign("token", "look", says, "make one that can read only, and give it in HF_TOKEN")
    account = hub.account()
    if account.role == "read":
        return Sign("token", "good", f"of {account.name}, can read only")
    role = account.role or "of an unknown role"
    return Sign("token", "look", f"of {account.name}, {role}", "one that can read only is enough")


def _of_quota(hub: Hub) -> Iterator[Sign]:
    for kind, left in hub.usage.left.items():
        of = f" of {left.quota:,}" if left.quota else ""
        says = f"{left.calls:,}{of} {kind} calls left for {left.seconds} s"
        low = left.calls * 10 < (left.quota or 0)
        yield Sign("quota", "look" if low else "good", says, "wait for it" if low else None)
