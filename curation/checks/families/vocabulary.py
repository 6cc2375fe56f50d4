"""Words of the Hub that the vocabularies do not know."""

from __future__ import annotations

from collections.abc import Iterator

from curation.checks import claims
from curation.checks.claims import Claim
from curation.ids import clip
from curation.records import Record


def of_record(record: Record) -> Iterator[Claim]:
    """A task that the Hub states and the vocabulary lacks."""
    task = record.facts.task
    tagged = record.tags.task
    # What a tag says was held against the schema; what a person decided needs no word of the Hub.
    if task is None or tagged.origin == "override" or any(t.value == task for t in tagged.values):
        return
    from curation.vocabulary import load

    if load("tasks").resolve(task) is None:
        message = f"the Hub states the task {clip(task)}, which the vocabulary lacks"
        yield claims.of_record(record.id, "CUR231", ("facts", "task"), message)
