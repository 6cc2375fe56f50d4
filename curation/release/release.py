"""A release in memory: models by id or alias, and the models that fit some wishes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from curation.errors import UsageError
from curation.ids import clip
from curation.model import Model

if TYPE_CHECKING:
    import pandas as pd

#: Wish → the attribute that holds one value or some.
_WISHES = {
    "derivation": "derivation",
    "domain": "domains",
    "format": "formats",
    "kind": "kinds",
    "language": "languages",
    "library": "library",
    "license": "license",
    "platform": "platforms",
    "scope": "scope",
    "size_tier": "size_tier",
    "specialization": "specialization",
    "subtask": "subtask",
    "task": "task",
}
#: Wish → the number that may not be larger; a model that does not state it does not fit.
_BOUNDS = {"max_bytes": "bytes", "max_parameters": "parameters"}


class Release(Mapping[str, Model]):
    """The models of one version of a catalog, in the order of their ids."""

    def __init__(self, version: str, models: Iterable[Model]) -> None:
        self.version = version
        self.models = tuple(models)
        self._by_id = {model.id: model for model in self.models}
        self._aliases = {alias: model for model in self.models for alias in model.aliases}

    def __getitem__(self, model_id: str) -> Model:
        """The model of this id or alias. Raises UnknownModel (a KeyError) naming near ids."""
        found = self._by_id.get(model_id) or self._aliases.get(model_id)
        if found is None:
            raise UnknownModel(model_id, self._by_id)
        return found

    def __contains__(self, model_id: object) -> bool:
        return model_id in self._by_id or model_id in self._aliases

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __repr__(self) -> str:
        return f"<Release {self.version}: {len(self)} models>"

    def filter(self, **wishes: Any) -> list[Model]:
        """The models that meet every wish: ``task="fill-mask"``, ``max_bytes=500_000_000``.

        Languages may be names ("Russian"). Raises UsageError for an unknown wish, and for a value
        that no model of the release has.
        """
        found = list(self.models)
        for name, value in wishes.items():
            if value is not None:
                found = self._meet(found, name, value)
        return found

    def _meet(self, models: list[Model], name: str, value: Any) -> list[Model]:
        if name in _BOUNDS:
            return [one for one in models if _within(getattr(one, _BOUNDS[name]), value)]
        if name not in _WISHES:
            raise _unknown("filter", name, [*_WISHES, *_BOUNDS])
        wanted = _code(value) if name == "language" else value
        attribute = _WISHES[name]
        known = {said for one in self.models for said in _held(one, attribute)}
        if wanted not in known:
            raise _unknown(f"{name} in this release", str(value), known)
        return [one for one in models if wanted in _held(one, attribute)]

    def to_pandas(self) -> pd.DataFrame:
        """A table, a row a model; needs pandas (``pip install curate-models[gate]``)."""
        import pandas as pd

        return pd.DataFrame([msgspec.to_builtins(model) for model in self.models])


class UnknownModel(UsageError, KeyError):
    """No model of a release has this id."""

    def __init__(self, model_id: object, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(str(model_id), known, n=1)
        hint = f"did you mean {near[0]}?" if near else None
        super().__init__(f"no model {clip(str(model_id))} in this release", hint=hint)

    def __str__(self) -> str:
        return str(self.args[0])


def _held(model: Model, attribute: str) -> tuple[str, ...]:
    value = getattr(model, attribute)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _within(stated: int | None, bound: float) -> bool:
    return stated is not None and stated <= bound


def _code(language: str) -> str:
    from curation import languages

    return languages.normalize(language) or language


def _unknown(what: str, value: str, known: Iterable[str]) -> UsageError:
    near = difflib.get_close_matches(value, list(known), n=3, cutoff=0.5)
    hint = f"near: {', '.join(near)}" if near else None
    return UsageError(f"no {what} is called {value[:60]!a}", hint=hint)
