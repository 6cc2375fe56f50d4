"""Look at every model of a catalog on the Hub, several at a time. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Literal, Protocol

import msgspec
from msgspec.structs import replace

from curation.errors import CurateError, GatedError, HubError, NotFoundError, UntrustedError
from curation.hub.client import CARD, Answer
from curation.records import Facts

State = Literal["refreshed", "unchanged", "renamed", "failed"]


class Source(Protocol):
    """What is asked for facts and cards: a ``Hub``."""

    def model(self, model_id: str) -> Answer: ...

    def card(self, model_id: str, revision: str) -> str | None: ...


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one model.

    ``id`` is the catalog's, ``answer`` is absent where it failed; its facts are dated as they
    belong into the record. ``card`` is there if the revision is new and has one. ``reason``
    and ``hint`` say why it failed, or what is missing from the answer.
    """

    id: str
    state: State
    answer: Answer | None = None
    card: str | None = None
    reason: str | None = None
    hint: str | None = None


def refresh(
    source: Source, known: Mapping[str, Facts], *, jobs: int = 8, allow_gated: bool = False
) -> Iterator[Outcome]:
    """One outcome a model, as they come in; ``known`` holds the catalog's facts by id.

    A model's failure is its outcome and stops no other. Private models fail, and so do gated
    ones without ``allow_gated``.
    """
    todo = iter(known.items())
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="sync")

    def start(n: int) -> set[Future[Outcome]]:
        return {
            pool.submit(_outcome, source, model_id, old, allow_gated)
            for model_id, old in islice(todo, n)
        }

    try:
        running = start(2 * jobs)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= start(len(done))
            yield from (future.result() for future in done)
    finally:
        # Whoever breaks off closes the source; waiting here for its retries would be long.
        pool.shutdown(wait=False, cancel_futures=True)


def _outcome(source: Source, model_id: str, old: Facts, allow_gated: bool) -> Outcome:
    try:
        try:
            return _look(source, model_id, old, allow_gated)
        except NotFoundError:
            # The revision may have gone between the facts and the card; then the next is there.
            return _look(source, model_id, old, allow_gated)
    except CurateError as error:
        return Outcome(id=model_id, state="failed", reason=str(error), hint=error.hint)


def _look(source: Source, model_id: str, old: Facts, allow_gated: bool) -> Outcome:
    answer = source.model(model_id)
    _check_taken(model_id, answer.facts, allow_gated)
    answer = replace(answer, facts=_dated(answer.facts, old))
    card, missing = None, None
    if answer.facts.revision != old.revision:
        card, missing = _card(source, answer)
    state: State = "unchanged" if answer.facts == old else "refreshed"
    if answer.canonical_id != model_id:
        state = "renamed"
    return Outcome(id=model_id, state=state, answer=answer, card=card, reason=missing)


def _check_taken(model_id: str, facts: Facts, allow_gated: bool) -> None:
    if facts.private:
        raise HubError(
            f"{model_id}: private, so its facts stay out of the catalog",
            hint="take it out of the catalog, or make it public",
        )
    if facts.gated and not allow_gated:
        raise GatedError(
            f"{model_id}: gated, and this catalog takes no gated models",
            hint="set allow_gated = true under [sync] in catalog.toml, if that is what you want",
        )
    if facts.revision is None:
        raise UntrustedError(f"{model_id}: the answer states no revision")


def _dated(new: Facts, old: Facts) -> Facts:
    """``new`` with the time and source of ``old`` where they belong to the same revision."""
    if new.revision != old.revision or old.read_at is None:
        return new
    same = replace(new, source=old.source, read_at=old.read_at)
    return old if same == old else replace(new, read_at=old.read_at)


def _card(source: Source, answer: Answer) -> tuple[str | None, str | None]:
    """The card, or why there is none although one is listed."""
    facts = answer.facts
    if facts.revision is None or all(file.path != CARD for file in facts.files):
        return None, None
    try:
        return source.card(answer.canonical_id, facts.revision), None
    except GatedError as error:
        return None, str(error)
