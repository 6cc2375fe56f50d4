"""A release in memory: models by id or alias, and the models that fit some filters."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar, Unpack, overload

import msgspec

from curation.errors import UsageError
from curation.ids import clip
from curation.model import Model, Tombstone
from curation.release import filters

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

#: Columns of ``to_pandas`` that are whole numbers, or <NA>.
_NUMBERS = ("parameters", "bytes", "downloads", "likes")


class Release(Mapping[str, Model]):
    """The models of one version of a catalog, in the order of their ids.

    A mapping of ids to models, which answers to aliases, too. ``version`` is the catalog's,
    ``models`` are all models, ``tombstones`` by id those that it held once and holds no more.
    """

    def __init__(
        self, version: str, models: Iterable[Model], tombstones: Iterable[Tombstone] = ()
    ) -> None:
        self.version = version
        self.models = tuple(models)
        self.tombstones = {one.id: one for one in tombstones}
        self._by_id = {model.id: model for model in self.models}
        self._aliases = {alias: model for model in self.models for alias in model.aliases}

    def __getitem__(self, model_id: str) -> Model:
        """The model of this id or alias. Raises UnknownModel (a KeyError) naming near ids."""
        found = self.get(model_id)
        if found is None:
            raise UnknownModel(model_id, self)
        return found

    @overload
    def get(self, model_id: str, /, default: None = None) -> Model | None: ...
    @overload
    def get(self, model_id: str, /, default: Model | T) -> Model | T: ...
    def get(self, model_id: str, /, default: object = None) -> object:
        """The model of this id or alias, or ``default``."""
        # Mapping's own would make an error, near ids and all, of every miss.
        return self._by_id.get(model_id) or self._aliases.get(model_id, default)

    def __contains__(self, model_id: object) -> bool:
        return model_id in self._by_id or model_id in self._aliases

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __repr__(self) -> str:
        return f"<Release {self.version}: {len(self)} models>"

    def filter(self, **wanted: Unpack[filters.Filters]) -> list[Model]:
        """The models that fit every filter: ``task="fill-mask"``, ``max_bytes=500_000_000``.

        Filters are ``derivation``, ``domain``, ``format``, ``kind``, ``language``, ``library``,
        ``license``, ``platform``, ``scope``, ``size_tier``, ``specialization``, ``subtask``,
        ``task``, and the bounds ``max_bytes`` and ``max_parameters``; None leaves one out. Names
        do for codes and slugs ("Russian", "ASR"). A model of which the value is not known fits no
        filter on it. Raises UsageError for another filter, for a bound that is no number from 0
        up, and for a value that neither the release nor a vocabulary knows.
        """
        tests = [self._test(name, value) for name, value in wanted.items()]
        return [one for one in self.models if all(fits(one) for fits in tests)]

    def _test(self, name: str, value: object) -> Callable[[Model], bool]:
        if name not in {**filters.FIELDS, **filters.BOUNDS}:
            raise filters.unknown("filter", name, [*filters.FIELDS, *filters.BOUNDS])
        if value is None:
            return lambda model: True
        if name in filters.BOUNDS:
            attribute, most = filters.BOUNDS[name], filters.bound(name, value)
            return lambda model: _within(getattr(model, attribute), most)
        known = {one for model in self.models for one in filters.held(model, name)}
        slug = filters.named(name, value, known)
        return lambda model: slug in filters.held(model, name)

    def to_pandas(self) -> pd.DataFrame:
        """A table, a row a model and a column a field; numbers are ``Int64``, so <NA> if unknown.

        Raises UsageError if pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise UsageError("to_pandas needs pandas", hint="pip install pandas") from error
        rows = [msgspec.to_builtins(model) for model in self.models]
        frame = pd.DataFrame(rows, columns=list(Model.__struct_fields__))
        return frame.astype(dict.fromkeys(_NUMBERS, "Int64"))


class UnknownModel(UsageError, KeyError):
    """No model of a release has this id."""

    def __init__(self, model_id: object, release: Release) -> None:
        text = str(model_id)
        if grave := release.tombstones.get(text):
            told = f"{clip(text)} is gone since {grave.on}: {clip(grave.reason, 200)}"
            super().__init__(told, hint=grave.successor and f"use {grave.successor}")
            return
        near = difflib.get_close_matches(text, _like(text, release), n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else None
        super().__init__(f"no model {clip(text)} in this release", hint=hint)

    def __str__(self) -> str:
        return str(self.args[0])


def _like(model_id: str, known: Iterable[str]) -> list[str]:
    """The ids of the same organisation, or of the same name; all of a release would take long."""
    organisation, _, name = model_id.casefold().rpartition("/")
    parts = ((one, *one.casefold().rpartition("/")[::2]) for one in known)
    return [one for one, theirs, called in parts if name == called or theirs == organisation]


def _within(stated: int | None, most: float) -> bool:
    return stated is not None and stated <= most
