"""Facts from dumps of the Hub: snapshots of the past, read in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from curation.errors import CurateError
from curation.hub.bulk import Row
from curation.hub.client import Answer
from curation.hub.outcome import Outcome, State, check_open, dated, filled
from curation.records import Facts


class Shelf(Protocol):
    """Where the catalog's facts are: ``facts`` of one model, by the id of today."""

    def __call__(self, model_id: str) -> Facts: ...


def outcomes(
    rows: Iterable[Row],
    names: Mapping[str, str],
    facts: Shelf,
    *,
    allow_gated: bool = False,
) -> Iterator[Outcome]:
    """One outcome for each row of a model in the catalog.

    ``names`` leads from ids and aliases to the catalog's ids. No record is held: ``facts`` reads
    one when its row is there. What the catalog knows from a later time stays.
    """
    for row in rows:
        if row.id in names:
            yield _outcome(names[row.id], row, facts, allow_gated)


def _outcome(model_id: str, row: Row, facts: Shelf, allow_gated: bool) -> Outcome:
    try:
        check_open(model_id, row.facts, allow_gated)
        old = facts(model_id)
    except CurateError as error:
        return Outcome(id=model_id, state="failed", reason=str(error), hint=error.hint)
    new = _newer(row.facts, old)
    answer = Answer(
        canonical_id=model_id, facts=new, downloads=row.downloads, likes=row.likes, flaws=row.flaws
    )
    state: State = "unchanged" if new == old else "refreshed"
    card = row.card if new.revision is not None and new.revision == row.facts.revision else None
    return Outcome(id=model_id, state=state, answer=answer, card=card)


def _newer(said: Facts, old: Facts) -> Facts:
    """What is right after a dump has ``said`` something, and ``old`` was known before."""
    if old.read_at is None:
        return said
    if said.revision is not None and said.revision == old.revision:
        return dated(filled(said, old), old)
    if old.modified is not None and (said.modified is None or said.modified <= old.modified):
        return old
    return said
