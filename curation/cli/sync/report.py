"""What a sync says at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from curation.cli.output import Output
from curation.hub.landing import Landing
from curation.hub.outcome import Outcome

#: Refreshed models named one by one; a first sync has hundreds.
_NAMED = 20
#: Models named that failed for the time being: without a Hub it is all of them.
_EXAMPLES = 5
_STATES = ("refreshed", "unchanged", "renamed", "skipped", "failed")


class Result(msgspec.Struct):
    """What became of every model, of the catalog, and how many calls it took, by kind.

    ``before`` are the models that a run which was broken off had finished.
    """

    outcomes: list[Outcome]
    landing: Landing
    calls: Mapping[Any, int]
    before: list[str] = []


def show(result: Result, out: Output) -> int:
    """Say it to people or machines. The exit code: 1 for a failure that is not recorded yet."""
    by_state: dict[str, list[Outcome]] = {state: [] for state in _STATES}
    for outcome in sorted(result.outcomes, key=lambda one: one.id):
        by_state[outcome.state].append(outcome)
    new = [one for one in by_state["failed"] if not result.landing.known(one)]
    doubted = result.landing.unbelieved()
    out.data(_as_data(by_state, result, doubted))
    for line in _lines(by_state, result, out):
        out.line(line)
    if doubted:
        out.line(f"{len(doubted)} models vanished at once: not written down, look at the Hub")
    out.line(_counts(by_state, result, new))
    return 1 if new else 0


def _counts(by_state: dict[str, list[Outcome]], result: Result, new: list[Outcome]) -> str:
    shown = {state: len(found) for state, found in by_state.items()}
    if not shown["skipped"]:
        del shown["skipped"]
    counts = ", ".join(f"{count} {state}" for state, count in shown.items())
    if not (result.landing.wrote or new):
        counts = f"nothing changed ({counts})"
    return f"{counts}; calls: {sum(result.calls.values())}" if result.calls else counts


def _lines(by_state: dict[str, list[Outcome]], result: Result, out: Output) -> Iterator[str]:
    refreshed = by_state["refreshed"]
    for outcome in refreshed[:_NAMED]:
        missing = f" (without its card: {outcome.reason})" if outcome.reason else ""
        yield f"{out.style('refreshed', 'green')}  {outcome.id}{missing}"
    if len(refreshed) > _NAMED:
        yield f"           and {len(refreshed) - _NAMED} more"
    for outcome in by_state["renamed"]:
        yield f"{out.style('renamed', 'yellow')}    {outcome.id} is now {_new_id(outcome)}"
    yield from _failures(by_state["failed"], result, out)
    for hint in dict.fromkeys(outcome.hint for outcome in by_state["failed"] if outcome.hint):
        yield f"{out.style('hint:', 'bold')} {hint}"


def _failures(failed: list[Outcome], result: Result, out: Output) -> Iterator[str]:
    """Each model with a trouble that lasts; of the others, who mostly share one, some."""
    own = [outcome for outcome in failed if outcome.trouble]
    passing = [outcome for outcome in failed if not outcome.trouble]
    for outcome in own + passing[:_EXAMPLES]:
        word = "still so  " if result.landing.known(outcome) else "failed    "
        yield f"{out.style(word, 'red')} {outcome.reason}"
    if len(passing) > _EXAMPLES:
        yield f"           and {len(passing) - _EXAMPLES} more failed; --json names all"


def _as_data(
    by_state: dict[str, list[Outcome]], result: Result, doubted: list[str]
) -> dict[str, object]:
    refreshed = by_state["refreshed"]
    return {
        "changed": result.landing.wrote,
        "calls": dict(result.calls),
        "finished_before": sorted(result.before),
        "refreshed": [outcome.id for outcome in refreshed],
        "unchanged": [outcome.id for outcome in by_state["unchanged"]],
        "skipped": [outcome.id for outcome in by_state["skipped"]],
        "renamed": [{"from": o.id, "to": _new_id(o)} for o in by_state["renamed"]],
        "without_card": [{"id": o.id, "reason": o.reason} for o in refreshed if o.reason],
        "failed": [_failure(one, result) for one in by_state["failed"]],
        "vanished_at_once": doubted,
    }


def _failure(one: Outcome, result: Result) -> dict[str, object]:
    return {
        "id": one.id,
        "reason": one.reason,
        "hint": one.hint,
        "trouble": one.trouble,
        "recorded": result.landing.known(one),
    }


def _new_id(outcome: Outcome) -> str | None:
    return outcome.answer.canonical_id if outcome.answer else None
