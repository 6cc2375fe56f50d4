"""Write outcomes into the catalog, and go on where one cannot be written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from curation.errors import CurateError
from curation.hub.landing import Landing
from curation.hub.outcome import Outcome

#: Files brought to the disk at once: a single one waits most of its time.
_WRITERS = 4


def land(landing: Landing, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Each outcome when it is written, or what it has become because it could not be.

    Renamed models come last, one by one: they touch the record of another model.
    """
    renamed: list[Outcome] = []
    running: deque[Future[Outcome]] = deque()
    with ThreadPoolExecutor(_WRITERS, thread_name_prefix="land") as pool:
        for outcome in outcomes:
            if outcome.state == "renamed":
                renamed.append(outcome)
                continue
            running.append(pool.submit(_landed, landing, outcome))
            while running and (running[0].done() or len(running) > 2 * _WRITERS):
                yield running.popleft().result()
        yield from (future.result() for future in running)
    yield from (_landed(landing, outcome) for outcome in renamed)


def failure(model_id: str, error: CurateError) -> Outcome:
    """The outcome of a model with which nothing could be done."""
    return Outcome(id=model_id, state="failed", reason=str(error), hint=error.hint)


def _landed(landing: Landing, outcome: Outcome) -> Outcome:
    try:
        landing.take(outcome)
    except CurateError as error:
        return failure(outcome.id, error)
    return outcome
