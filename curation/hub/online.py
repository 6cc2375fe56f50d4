"""Hold records against the Hub: what they state must be what it says of that revision.

A record is a file that anybody can edit; a forged size or licence looks like a real one until
somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import msgspec

from curation.errors import CurateError
from curation.hub.client import Answer
from curation.hub.patience import Patience
from curation.records import Facts, Record

#: What a revision fixes. Counts, gating and the Hub's own tags may have moved since.
FIXED = (
    "revision",
    "license",
    "languages",
    "base_models",
    "datasets",
    "results",
    "model_type",
    "architectures",
    "quantization",
    "parameters",
    "parameters_total",
    "bytes_total",
    "files",
    "created",
)


class Source(Protocol):
    """What is asked: a ``Hub``."""

    def model(self, model_id: str, revision: str | None = None) -> Answer: ...


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A record states what the Hub does not; ``field`` is null where the Hub could not be asked.

    ``message`` is one line, ``error`` says that the Hub did not answer rather than contradict.
    """

    id: str
    field: str | None
    message: str
    error: bool = False


def disagreements(
    source: Source, records: Iterable[Record], *, jobs: int = 8
) -> Iterator[Disagreement]:
    """What the Hub holds against each record, in their order: one call a record.

    Unsynced records state nothing and are passed over. Facts of a dump are held against the Hub
    like all others, but for what the dump did not know.
    """
    synced = (record for record in records if record.facts.revision is not None)
    with ThreadPoolExecutor(jobs, thread_name_prefix="online") as pool:
        patience = Patience()
        for found in pool.map(lambda record: _asked(source, record, patience), synced):
            yield from found


def _asked(source: Source, record: Record, patience: Patience) -> list[Disagreement]:
    try:
        with patience.asking(record.id):
            said = source.model(record.id, record.facts.revision)
    except CurateError as error:
        return [Disagreement(id=record.id, field=None, message=str(error), error=True)]
    found = [
        Disagreement(id=record.id, field=f"facts.{name}", message=_words(name, record, said.facts))
        for name in FIXED
        if _differs(name, record.facts, said.facts)
    ]
    if said.facts.private:
        found.append(Disagreement(id=record.id, field="facts.private", message="it is private"))
    return found


def _differs(name: str, stated: Facts, said: Facts) -> bool:
    """Whether a record states something else; it may know less, as after a dump."""
    old, new = getattr(stated, name), getattr(said, name)
    if name != "files":
        return old not in (None, (), {}) and old != new
    sizes = {file.path: file.size for file in said.files}
    here = {file.path: sizes.get(file.path) if file.size is None else file.size for file in old}
    return bool(old) and here != sizes


def _words(name: str, record: Record, said: Facts) -> str:
    stated, other = getattr(record.facts, name), getattr(said, name)
    if isinstance(stated, str | int) and isinstance(other, str | int):
        return f"{name} is {stated!r}, but the Hub says {other!r}"
    return f"{name} is not what the Hub says of this revision"
