"""Look at every model of a catalog on the Hub, several at a time. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Protocol

import msgspec
from msgspec.structs import replace

from curation.errors import (
    CurateError,
    GatedError,
    NotFoundError,
    UntrustedError,
)
from curation.hub.client import CARD, Answer
from curation.hub.listed import Lists
from curation.hub.outcome import Outcome, State, check_open, dated, failed, filled
from curation.records import Facts

#: What is wrong with a model that the Hub does not give; if it never did, it may not be there.
_ABSENT = ("unreachable", "missing")
_NEVER_READ = "one that was never read may be misspelt: delete its file below models/"


class Source(Protocol):
    """What is asked for facts and cards: a ``Hub``."""

    def model(self, model_id: str) -> Answer: ...

    def card(self, model_id: str, revision: str) -> str | None: ...


class _MovedOnError(NotFoundError):
    """The revision went between the facts and the card; then the next is there."""


_Task = Callable[[], "_Done"]


class _Done(msgspec.Struct):
    """What a task found, and the models that it leaves to tasks of their own."""

    outcomes: Iterable[Outcome]
    leaves: Iterable[str] = ()


def refresh(
    source: Source,
    known: Mapping[str, Facts],
    *,
    jobs: int = 8,
    allow_gated: bool = False,
    lists: Lists | None = None,
) -> Iterator[Outcome]:
    """One outcome a model, as they come in; ``known`` holds the catalog's facts by id.

    Models in ``lists`` are looked for there first; those that are not found there, or have a
    new revision, are asked for like all others. A model's failure is its outcome and stops no
    other. Private models fail, and so do gated ones without ``allow_gated``.
    """

    def alone(model_id: str) -> _Task:
        return lambda: _Done([_outcome(source, model_id, known[model_id], allow_gated)])

    def listed(author: str, found: Lists) -> _Task:
        return lambda: _from_list(author, found, known, allow_gated)

    in_lists = {model_id for ids in lists.wanted.values() for model_id in ids} if lists else ()
    tasks = [listed(author, lists) for author in lists.wanted] if lists else []
    todo = (alone(model_id) for model_id in known if model_id not in in_lists)
    for done in _side_by_side(tasks, todo, alone, jobs):
        yield from done.outcomes


def _side_by_side(
    first: list[_Task], then: Iterator[_Task], alone: Callable[[str], _Task], jobs: int
) -> Iterator[_Done]:
    """Run all tasks, and those that they leave, ``jobs`` at a time."""
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="sync")
    waiting = list(reversed(first))

    def start(n: int) -> set[Future[_Done]]:
        tasks = [waiting.pop() for _ in range(min(n, len(waiting)))]
        tasks += islice(then, n - len(tasks))
        return {pool.submit(task) for task in tasks}

    try:
        running = start(2 * jobs)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            found = [future.result() for future in done]
            waiting += [alone(model_id) for each in found for model_id in each.leaves]
            running |= start(2 * jobs - len(running))
            yield from found
    finally:
        # Whoever breaks off closes the source; waiting here for its retries would be long.
        pool.shutdown(wait=False, cancel_futures=True)


def _from_list(author: str, lists: Lists, known: Mapping[str, Facts], allow_gated: bool) -> _Done:
    """The outcomes of an author's models whose revision is the one we know."""
    try:
        found = lists.read(author)
    except UntrustedError:  # one call each needs no list
        return _Done([], lists.wanted[author])
    except CurateError as error:
        reason = f"the models of {author}: {error}"
        each = (failed(model_id, error, reason) for model_id in lists.wanted[author])
        return _Done(list(each))
    outcomes, leaves = [], []
    for model_id in lists.wanted[author]:
        answer = found.answers.get(model_id)
        if answer is None and found.ended_early:
            outcomes.append(Outcome(id=model_id, state="skipped"))
        elif answer is None or answer.facts.revision != known[model_id].revision:
            leaves.append(model_id)
        else:
            outcomes.append(_same_revision(model_id, answer, known[model_id], allow_gated))
    return _Done(outcomes, leaves)


def _same_revision(model_id: str, answer: Answer, old: Facts, allow_gated: bool) -> Outcome:
    try:
        _check_taken(model_id, answer.facts, allow_gated)
    except CurateError as error:
        return failed(model_id, error)
    facts = filled(answer.facts, old)
    state: State = "unchanged" if facts == old else "refreshed"
    return Outcome(id=model_id, state=state, answer=replace(answer, facts=facts))


def _outcome(source: Source, model_id: str, old: Facts, allow_gated: bool) -> Outcome:
    try:
        try:
            return _look(source, model_id, old, allow_gated)
        except _MovedOnError:
            return _look(source, model_id, old, allow_gated)
    except CurateError as error:
        outcome = failed(model_id, error)
        if outcome.trouble in _ABSENT and old.revision is None:
            return replace(outcome, hint=_NEVER_READ)
        return outcome


def _look(source: Source, model_id: str, old: Facts, allow_gated: bool) -> Outcome:
    answer = source.model(model_id)
    _check_taken(model_id, answer.facts, allow_gated)
    answer = replace(answer, facts=dated(answer.facts, old))
    card, missing = None, None
    if answer.facts.revision != old.revision:
        card, missing = _card(source, answer)
    state: State = "unchanged" if answer.facts == old else "refreshed"
    if answer.canonical_id != model_id:
        state = "renamed"
    return Outcome(id=model_id, state=state, answer=answer, card=card, reason=missing)


def _check_taken(model_id: str, facts: Facts, allow_gated: bool) -> None:
    check_open(model_id, facts, allow_gated)
    if facts.revision is None:
        raise UntrustedError(f"{model_id}: the answer states no revision")


def _card(source: Source, answer: Answer) -> tuple[str | None, str | None]:
    """The card, or why there is none although one is listed."""
    facts = answer.facts
    if facts.revision is None or all(file.path != CARD for file in facts.files):
        return None, None
    try:
        return source.card(answer.canonical_id, facts.revision), None
    except GatedError as error:
        return None, str(error)
    except NotFoundError as error:
        raise _MovedOnError(str(error), hint=error.hint) from error
