"""The catalog on disk: records, overrides and settings, read typed and replaced atomically."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath

from curation import canonical, ids, patterns
from curation.errors import IdError, InputError
from curation.records import Override, Record
from curation.roots import work_folder
from curation.store import atomic, decisions, lock, popularity, reading, settings, tree
from curation.store.popularity import Popularity
from curation.store.settings import Settings

MODELS = "models"
OVERRIDES = "overrides"
RECORD = ".json"
OVERRIDE = ".toml"

_REVISION = re.compile(patterns.REVISION[1:-1])


class Catalog:
    """A folder that holds a ``catalog.toml``, and what lies below it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._work = work_folder(root)

    @cached_property
    def settings(self) -> Settings:
        """``catalog.toml``, read once. Raises InputError."""
        return settings.read(self.root)

    def ids(self) -> list[str]:
        """The ids of all records, sorted.

        Raises InputError for a link, for a folder named like a record, and for a record whose
        path is no id. What is not named like a record is left to the checks.
        """
        return sorted(self._id(entry) for entry in self._entries())

    def path(self, model_id: str) -> Path:
        """Where the record of ``model_id`` is or would be. Raises IdError."""
        return self._below(MODELS, model_id, RECORD)

    def override_path(self, model_id: str) -> Path:
        """Where the override of ``model_id`` is or would be. Raises IdError."""
        return self._below(OVERRIDES, model_id, OVERRIDE)

    def raw(self, model_id: str) -> bytes:
        """The bytes of a record. Raises InputError if there is none or they cannot be read."""
        path = self.path(model_id)
        try:
            return tree.read(path)
        except FileNotFoundError as error:
            raise InputError(f"no record of {model_id}", hint=self._instead(model_id)) from error

    def record(self, model_id: str) -> Record:
        """The record of ``model_id``. Raises InputError naming its path and what is wrong."""
        return reading.record(self.raw(model_id), model_id, str(self.path(model_id)))

    def records(self) -> Iterator[Record]:
        """All records, by id. Raises InputError at the first that cannot be read."""
        return map(self.record, self.ids())

    def write(self, record: Record) -> bool:
        """Replace the record atomically; False if it said so already and was not touched."""
        return atomic.update(self.path(record.id), canonical.dumps(record).encode())

    def remove(self, model_id: str) -> None:
        """Delete the record of ``model_id``; its override stays. Raises InputError if absent."""
        path = self.path(model_id)
        try:
            path.unlink()
        except FileNotFoundError as error:
            raise InputError(f"no record of {model_id}", hint=self._instead(model_id)) from error
        atomic.sync_folder(path.parent)

    def override(self, model_id: str) -> Override:
        """The decisions on ``model_id``, empty if there are none. Raises InputError."""
        path = self.override_path(model_id)
        try:
            return decisions.decode(tree.read(path), str(path))
        except FileNotFoundError:
            return Override()

    def card(self, model_id: str, revision: str) -> str | None:
        """The cached card of ``model_id`` at ``revision``, or None."""
        try:
            return tree.read(self._card(model_id, revision)).decode("utf-8", "surrogatepass")
        except FileNotFoundError:
            return None

    def save_card(self, model_id: str, revision: str, text: str) -> None:
        """Keep a card in the cache that git ignores."""
        atomic.replace(self._card(model_id, revision), text.encode("utf-8", "surrogatepass"))

    def popularity(self) -> dict[str, Popularity]:
        """The rows of ``popularity.csv`` by id. Raises InputError with the line."""
        return popularity.load(self.root / popularity.FILE)

    def save_popularity(self, rows: Mapping[str, Popularity]) -> bool:
        """Replace ``popularity.csv``; False if it said so already and was not touched."""
        return popularity.save(self.root / popularity.FILE, rows)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer, and clear away what a killed one left behind.

        Raises ConflictError naming the holder if another process holds the lock.
        """
        with lock.hold(self._work):
            self._sweep()
            yield

    def _sweep(self) -> None:
        below = (tree.walk(self.root / name, f"{name}/") for name in (MODELS, OVERRIDES))
        for entry in chain(tree.listing(self.root), *below):
            path = self.root / entry.path
            if entry.kind == "file" and atomic.is_leftover(path.name):
                path.unlink(missing_ok=True)

    def _entries(self) -> Iterator[tree.Entry]:
        for entry in tree.walk(self.root / MODELS):
            if entry.path.endswith(RECORD) or entry.kind == "link":
                yield entry

    def _id(self, entry: tree.Entry) -> str:
        if entry.kind != "file":
            raise InputError(
                f"{self.root / MODELS / entry.path}: not a file, but a record belongs there",
                hint="remove it; a catalog holds plain files only",
            )
        try:
            return ids.from_path(PurePosixPath(entry.path), RECORD)
        except IdError as error:
            raise InputError(
                f"{self.root / MODELS / entry.path}: {error}", hint="remove or rename the file"
            ) from error

    def _below(self, folder: str, model_id: str, suffix: str) -> Path:
        relative = ids.relative_path(model_id, suffix)
        if relative.parent.name.endswith(suffix):
            raise IdError(
                f"not a model id: {ids.clip(model_id)!a}: its organisation ends in {suffix}, "
                "like the file of a model"
            )
        path = self.root / folder / relative
        for parent in (path.parent, self.root / folder):
            if parent.is_symlink():
                raise InputError(
                    f"{parent}: a link, where a folder belongs",
                    hint="remove it; a catalog holds plain files only",
                )
        return path

    def _card(self, model_id: str, revision: str) -> Path:
        if not _REVISION.fullmatch(revision):
            raise InputError(f"not a revision: {ids.clip(revision)!a}")
        organisation, _, name = ids.check(model_id).rpartition("/")
        return self._work / "cards" / (organisation or "@") / name / f"{revision}.md"

    def _instead(self, model_id: str) -> str:
        known = self.ids()
        if today := next((other for other in known if model_id in self._aliases(other)), None):
            return f"it is called {today} now"
        name = model_id.rpartition("/")[2].casefold()
        close = [other for other in known if other.rpartition("/")[2].casefold() == name]
        close += difflib.get_close_matches(model_id, known, n=1)
        return f"did you mean {close[0]}?" if close else f"run 'curate add {model_id}'"

    def _aliases(self, model_id: str) -> tuple[str, ...]:
        try:
            return self.record(model_id).aliases
        except InputError:  # its own trouble is told where it is asked for
            return ()
