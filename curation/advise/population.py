"""The models of which size and scope are both told: what the trade-off is measured on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from curation.errors import InputError
from curation.model import Model

Measure = Literal["parameters", "bytes"]


class Told(msgspec.Struct, frozen=True):
    """Of one model: what the trade-off needs; the names are those of bulk tags."""

    id: str
    scope: str | None = None
    kinds: tuple[str, ...] = ()
    task: str | None = None
    parameters: int | None = None
    bytes: int | None = None


class Point(msgspec.Struct, frozen=True):
    """One model with a stated size (parameters or bytes) and a known scope.

    ``kinds`` are the ways in which it is narrow; a general model has none.
    """

    id: str
    size: int
    kinds: tuple[str, ...]
    task: str | None


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """The points, and how many models are left out for want of a size or of a scope."""

    measure: Measure
    points: tuple[Point, ...]
    models: int
    sizeless: int
    scopeless: int


def of_models(models: Iterable[Model]) -> Iterator[Told]:
    """What is told of the models of a release."""
    for one in models:
        yield Told(one.id, one.scope, one.kinds, one.task, one.parameters, one.bytes)


def of_tags(path: Path) -> Iterator[Told]:
    """What the rows of ``curate tag --to`` tell. Raises InputError for a file of another kind."""
    decoder = msgspec.json.Decoder(Told)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                yield _row(decoder, line, f"{path}:{number}")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _row(decoder: msgspec.json.Decoder[Told], line: bytes, where: str) -> Told:
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        hint = "expected the rows of 'curate tag --from ... --to ...'"
        raise InputError(f"{where}: no row of tags: {error}", hint=hint) from error


def population(told: Iterable[Told], measure: Measure | None = None) -> Population:
    """The models that can be measured; by default by the size that more of them state."""
    held = tuple(told)
    chosen = measure or _more_stated(held)
    sized = [one for one in held if getattr(one, chosen)]
    points = [
        Point(one.id, getattr(one, chosen), one.kinds, one.task)
        for one in sized
        if one.scope in ("general", "specialized")
    ]
    return Population(
        measure=chosen,
        points=tuple(sorted(points, key=lambda one: (one.size, one.id))),
        models=len(held),
        sizeless=len(held) - len(sized),
        scopeless=len(sized) - len(points),
    )


def _more_stated(held: Iterable[Told]) -> Measure:
    ahead = sum(bool(one.bytes) - bool(one.parameters) for one in held)
    return "bytes" if ahead > 0 else "parameters"
