"""What is other than when a decision was made, as far as that is remembered."""

from __future__ import annotations

from collections.abc import Iterable

from curation.evidence import Said
from curation.store.judgements import Judgements


def changes(judged: str | None, today: Iterable[Said], memory: Judgements) -> tuple[str, ...]:
    """What is said no more, then what is said since, a line each."""
    before = memory.judged.get(judged or "")
    if before is None:
        return ("what it was decided on is not remembered here",)
    then, now = set(before), set(today)
    gone = (f"no more: {_told(one)}" for one in sorted(then - now))
    new = (f"new: {_told(one)}" for one in sorted(now - then))
    return (*gone, *new)


def _told(said: Said) -> str:
    value, rule, signal, term = said
    return f"{value} by {rule}, on {term!r} in {signal}"
