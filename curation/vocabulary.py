"""The closed vocabularies: which values a facet may have, and what people call them.

``packs/vocabularies/*.toml``, one file each for tasks, subtasks, domains, platforms and
derivations. What the values mean is written there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import msgspec

from curation import roots
from curation.errors import InputError, UsageError

NAMES = ("derivations", "domains", "platforms", "subtasks", "tasks")

Modality = Literal["audio", "cv", "multimodal", "nlp", "other", "rl", "tabular"]


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value of a vocabulary; the fields are explained at the top of its file."""

    slug: str
    label: str
    description: str
    aliases: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    modality: Modality | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    legacy: bool = False


class Vocabulary(msgspec.Struct, frozen=True, dict=True):
    """All values of one vocabulary, by slug and in that order."""

    name: str
    values: dict[str, Value]

    def resolve(self, text: str) -> str | None:
        """The slug of the value that ``text`` names: its slug, label, an alias or a former slug.

        Case does not matter, nor whether words are parted by hyphens, underscores or spaces.
        """
        return self._index.get(key(text))

    @cached_property
    def _index(self) -> dict[str, str]:
        return {name: slug for slug, value in self.values.items() for name in keys(value)}


@cache
def load(name: str) -> Vocabulary:
    """The stock vocabulary of that name (one of ``NAMES``).

    Raises UsageError for another name, InputError for a file that is broken.
    """
    if name not in NAMES:
        raise UsageError(f"no vocabulary {name!r}", hint=f"there are {', '.join(NAMES)}")
    return read(roots.VOCABULARIES / f"{name}.toml")


def read(path: Path) -> Vocabulary:
    """The vocabulary in the file at ``path``. Raises InputError where it is none."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [{"slug": slug, **_table(slug, table)} for slug, table in tables.items()]
        values = msgspec.convert(rows, tuple[Value, ...])
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {error.strerror}", hint="reinstall curate-models"
        ) from error
    except (ValueError, msgspec.ValidationError) as error:
        raise InputError(
            f"{path}: not a vocabulary: {error}", hint="its first lines say what it must hold"
        ) from error
    _refuse_ambiguity(path, values)
    return Vocabulary(path.stem, {value.slug: value for value in sorted(values, key=_slug)})


def key(text: str) -> str:
    """``text`` as names are compared: lower case, words parted by one space."""
    return " ".join(text.replace("-", " ").replace("_", " ").casefold().split())


def keys(value: Value) -> Iterator[str]:
    """Every name of ``value``, as it is compared."""
    yield from map(key, (value.slug, value.label, *value.aliases, *value.formerly))


def _slug(value: Value) -> str:
    return value.slug


def _table(slug: str, table: object) -> dict[str, object]:
    if isinstance(table, dict):
        return table
    raise ValueError(f"{slug!r} stands outside of a table")


def _refuse_ambiguity(path: Path, values: tuple[Value, ...]) -> None:
    owner: dict[str, str] = {}
    for value in values:
        for name in keys(value):
            if owner.setdefault(name, value.slug) != value.slug:
                raise InputError(
                    f"{path}: {name!r} means both {owner[name]!r} and {value.slug!r}",
                    hint="leave it out of one of the two",
                )
