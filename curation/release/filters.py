"""What models of a release may be asked for, and what a value that is asked for is called there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import TypedDict

from curation import languages, licences, vocabulary
from curation.errors import UsageError
from curation.model import Model
from curation.release.projection import FORMATS


class Filters(TypedDict, total=False):
    """All filters; None leaves one out."""

    derivation: str | None
    domain: str | None
    format: str | None
    kind: str | None
    language: str | None
    library: str | None
    license: str | None
    platform: str | None
    scope: str | None
    size_tier: str | None
    specialization: str | None
    subtask: str | None
    task: str | None
    max_bytes: float | None
    max_parameters: float | None


#: Filter → the attribute of a model that is, or holds, the value.
FIELDS = {
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
#: Filter → the number that may not be larger; a model that does not state it does not fit.
BOUNDS = {"max_bytes": "bytes", "max_parameters": "parameters"}

_VOCABULARIES = {
    "derivation": "derivations",
    "domain": "domains",
    "platform": "platforms",
    "subtask": "subtasks",
    "task": "tasks",
}
#: So many are listed where none is near.
_MOST = 20
_FEW: Mapping[str, Iterable[str]] = {
    "format": frozenset(FORMATS.values()),
    "kind": ("domain", "language", "platform", "task"),
    "scope": ("general", "specialized"),
    "size_tier": ("lightweight", "standard", "advanced", "xlarge"),
}


def held(model: Model, name: str) -> tuple[str, ...]:
    """The values of ``model`` that the filter ``name`` is about; none where nothing is known."""
    value: str | tuple[str, ...] | None = getattr(model, FIELDS[name])
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def bound(name: str, value: object) -> float:
    """``value`` as an upper bound. Raises UsageError for what is no number from 0 up."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        hint = "bytes: 500_000_000 for 500 MB" if name == "max_bytes" else "1_000_000_000 for 1B"
        raise UsageError(f"{name} is no number from 0 up: {str(value)[:60]!a}", hint=hint)
    return value


def named(name: str, value: object, known: Iterable[str]) -> str:
    """What ``value`` is called, by the filter ``name``, in a release that has the values ``known``.

    Raises UsageError naming near ones for what neither the release nor a vocabulary knows.
    """
    if not isinstance(value, str):
        raise UsageError(f"{name}: one text, not {str(value)[:60]!a}", hint="a filter is one value")
    known = set(known)
    found = value if value in known else meant(name, value)
    if found is None:
        raise unknown(name, value, known | set(_choices(name)))
    return found


def meant(name: str, value: str) -> str | None:
    """The value that ``value`` is another way to write; None if nothing here knows it."""
    if name == "language":
        return languages.normalize(value)
    if name == "license":
        licence = licences.normalize(value)
        return None if licence.category == "unknown" else licence.id
    if name == "specialization":
        return _specialization(*value.partition(":")[::2])
    if name in _VOCABULARIES:
        return vocabulary.load(_VOCABULARIES[name]).resolve(value)
    return value if value in _FEW.get(name, ()) else None


def unknown(what: str, value: str, known: Iterable[str]) -> UsageError:
    """The error for a ``value`` that is none of ``known``; it names near ones."""
    known = sorted(known)
    near = difflib.get_close_matches(value, known, n=3)
    if near or len(known) > _MOST:
        hint = f"near: {', '.join(near)}" if near else None
    else:
        hint = f"one of {', '.join(known)}" if known else None
    return UsageError(f"no {what} is called {value[:60]!a}", hint=hint)


def _specialization(kind: str, value: str) -> str | None:
    if kind == "language":
        code = languages.normalize(value.replace("-", " "))
        return f"language:{languages.slug(code)}" if code else None
    found = meant("subtask" if kind == "task" else kind, value) if kind in _FEW["kind"] else None
    return f"{kind}:{found}" if found else None


def _choices(name: str) -> Iterable[str]:
    if name in _VOCABULARIES:
        return vocabulary.load(_VOCABULARIES[name]).values
    return _FEW.get(name, ())
