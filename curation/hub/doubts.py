"""What is wrong with another catalog's rows: numbers that cannot be, or were never measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from curation import ids, sizes

#: So many rows with one and the same number: a default, not a measurement.
_REPEATED = 5
#: No weights are smaller than an eighth of a byte a parameter.
_LEAST = 0.125
_PLACEHOLDERS = ("placeholder/", "example/", "your-org/")

Place = tuple[str | int, ...]


class Row(NamedTuple):
    """A row, where it stands in the file, and what it states; ``size`` is in megabytes."""

    place: Place
    id: str
    size: float | None
    accuracy: float | None


class Doubt(NamedTuple):
    """What is held against a place of the file: a code of the checks, and why."""

    code: str
    place: Place
    message: str


def of_rows(rows: Iterable[Row]) -> Iterator[Doubt]:
    """All doubts about ``rows``, in the order of the codes."""
    rows = list(rows)
    yield from _too_small(rows)
    yield from _contradictions(rows)
    yield from _defaults(rows, "sizeMB", [row.size for row in rows])
    yield from _defaults(rows, "accuracy", [row.accuracy for row in rows])


def is_placeholder(model_id: str) -> bool:
    """Whether an id stands for a model that nobody named."""
    return model_id.startswith(_PLACEHOLDERS)


def of_id(row: Row) -> Doubt | None:
    """The doubt about the id of a row that names no model."""
    place = (*row.place, "huggingFaceId")
    if ids.refusal(row.id) is not None:
        return Doubt("CUR605", place, f"not a model id: {ids.clip(row.id)!a}")
    if is_placeholder(row.id):
        return Doubt("CUR604", place, f"{row.id} is a placeholder, not a repository")
    return None


def _too_small(rows: Iterable[Row]) -> Iterator[Doubt]:
    for row in rows:
        named = sizes.named(row.id)
        if named and row.size is not None and row.size * 1e6 < named * _LEAST:
            message = f"{row.id} has {row.size:g} MB, but its name says {named:,} parameters"
            yield Doubt("CUR601", (*row.place, "sizeMB"), message)


def _contradictions(rows: Iterable[Row]) -> Iterator[Doubt]:
    first: dict[str, float] = {}
    for row in rows:
        if row.size is not None and first.setdefault(row.id, row.size) != row.size:
            message = f"{row.id} has {row.size:g} MB here, and {first[row.id]:g} MB further up"
            yield Doubt("CUR602", (*row.place, "sizeMB"), message)


def _defaults(rows: Iterable[Row], key: str, values: Iterable[float | None]) -> Iterator[Doubt]:
    places: dict[float, list[Place]] = {}
    for row, value in zip(rows, values, strict=True):
        if value is not None:
            places.setdefault(value, []).append((*row.place, key))
    for value, found in sorted(places.items(), key=lambda one: -len(one[1])):
        if len(found) >= _REPEATED:
            message = f"{len(found)} rows have the {key} {value:g}: a default, not a measurement"
            yield Doubt("CUR603", found[0], message)
