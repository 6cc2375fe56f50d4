"""The policy's answer: as data, as lines for a terminal, as Markdown above the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from curation.ids import clip
from curation.review.markdown import code
from curation.review.policy import Clause
from curation.review.text import Line
from curation.review.words import counted

#: What a clause is about, as far as it is named; JSON has all.
SHOWN = 3


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """``met`` says that ``head`` may merge without a person, by the policy that ``base`` has.

    ``gates`` says which files the gates looked at.
    """

    base: str
    head: str
    gates: str
    met: bool
    clauses: tuple[Clause, ...]


def lines(verdict: Verdict) -> Iterator[Line]:
    """The answer, then one line a clause; ids are as they are, and made safe where printed."""
    span = f"{verdict.base} → {verdict.head}"
    told, colour = ("may merge by itself", "green") if verdict.met else ("needs a person", "red")
    yield Line(f"{span}: {told}", ("bold", colour))
    for clause in verdict.clauses:
        mark, styles = ("met    ", ()) if clause.met else ("not met", ("red",))
        yield Line(f"  {mark}  {clause.name:<10}  {clause.reason}{_named(clause, clip)}", styles)
    yield Line(f"the gates looked at {verdict.gates}", ("dim",))


def markdown(verdict: Verdict) -> str:
    """The answer and the clauses that ask for a person, in at most 6,000 bytes.

    Ids and paths stand in code spans, where GitHub reads nothing in them.
    """
    every = counted(len(verdict.clauses), "clause")
    if verdict.met:
        return f"**May merge by itself**: all of the policy's {every} are met.\n"
    failing = [clause for clause in verdict.clauses if not clause.met]
    told = (f"- {one.name}: {one.reason}{_named(one, _code)}\n" for one in failing)
    return (
        f"**Needs a person**: of the policy's {every}, {len(failing)} not met.\n\n{''.join(told)}"
    )


def _named(clause: Clause, show: Callable[[str], str]) -> str:
    if not clause.ids:
        return ""
    more = f", and {len(clause.ids) - SHOWN:,} more" if len(clause.ids) > SHOWN else ""
    return ": " + ", ".join(map(show, clause.ids[:SHOWN])) + more


def _code(text: str) -> str:
    return code(clip(text))
