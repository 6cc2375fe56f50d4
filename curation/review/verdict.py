"""The answer of the policy in words: for a step, a terminal, and above the changes in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from curation.ids import clip
from curation.records import Change
from curation.review.markdown import code
from curation.review.risk import Risk, risk_of
from curation.review.text import Line
from curation.review.words import counted, side
from curation.verdict import Clause, Level, Verdict

#: What a clause is about, as far as it is named; JSON has all.
SHOWN = 3


def level(changes: Iterable[Change]) -> Level:
    """How risky the riskiest change is: high down to doubt, no if all of it is routine."""
    worst = min(map(risk_of, changes), default=Risk.ROUTINE)
    return "high" if worst <= Risk.DOUBT else "some" if worst < Risk.ROUTINE else "no"


def outputs(verdict: Verdict) -> str:
    """The answer as GitHub Actions take the outputs of a step; all of it is our own words."""
    return f"met={str(verdict.met).lower()}\nrisk={verdict.risk}\n"


def lines(verdict: Verdict) -> Iterator[Line]:
    """The answer, then one line a clause; ids are as they are, and made safe where printed."""
    span = f"{side(verdict.base)} → {side(verdict.head)}"
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
