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
    # What a tag says was held against the schema.
    if task is None or any(tag.value == task for tag in record.tags.task.values):
        return
    from curation.vocabulary import load

    if load("tasks").resolve(task) is None:
        message = f"the Hub states the task {clip(task)}, which the vocabulary lacks"
        fix = f"add it to the vocabulary, or decide the task in overrides/{record.id}.toml"
        yield claims.of_record(record.id, "CUR231", ("facts", "task"), message, fix)
