"""The two states of a comparison: of catalogs, or of what releases say of models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from curation.review import Side, State


def states(base: Side, head: Side, catalog: Path | None) -> tuple[State, State]:
    """What differs between two sides; beside a release, what a release would say of the other.

    Beside the folder ``catalog`` lie the cards from which decisions are held against what the
    rules infer. Raises InputError for a file that cannot be read.
    """
    from curation import review
    from curation.cli.inferred import Taggers, with_inferred

    if any(isinstance(side, review.ReleaseSide) for side in (base, head)):
        return _released(base), _released(head)
    old, new = review.read(base, head)
    before, taggers = review.aligned(old, new), Taggers()
    inferred = with_inferred(before, base, catalog, new, taggers).inferred
    return replace(old, inferred=inferred), with_inferred(new, head, catalog, before, taggers)


def _released(side: Side) -> State:
    from curation import review
    from curation.records import Override
    from curation.release import projection, reading

    if isinstance(side, review.ReleaseSide):
        return review.released(side.name, reading.load(side.place).models)
    listed = side.listing()
    whole = review.held(side, listed, listed)
    models = (
        projection.project(
            record, whole.overrides.get(record.id, Override()), whole.popularity.get(record.id)
        )
        for record in whole.records.values()
    )
    return review.released(side.name, models)
