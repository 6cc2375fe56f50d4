"""What is other than when a decision was made, as far as that is remembered."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from curation import canonical, evidence
from curation.evidence import Said
from curation.records import Record
from curation.store import git, reading
from curation.store.catalog import MODELS, RECORD, Catalog
from curation.store.decisions import CORRECTABLE, DECIDABLE
from curation.store.flaws import Flaw
from curation.store.judgements import Judgements

#: Commits of a record that are searched for what was judged.
_MOST = 50


def changes(judged: str | None, today: Iterable[Said], memory: Judgements) -> tuple[str, ...]:
    """What is said no more, then what is said since, a line each."""
    before = memory.judged.get(judged or "")
    if before is None:
        return ("what it was decided on is not remembered here",)
    then, now = set(before), set(today)
    gone = (f"no more: {_told(one)}" for one in sorted(then - now))
    new = (f"new: {_told(one)}" for one in sorted(now - then))
    return (*gone, *new)


def recall(catalog: Catalog, model_id: str, wanted: Collection[str], memory: Judgements) -> None:
    """Look for what ``wanted`` hash in the commits of a record, and remember it.

    In a checkout in which nobody decided, this is where it stands: what rules inferred is mostly
    committed before it is decided on.
    """
    missing = {*wanted} - memory.judged.keys() - memory.stated.keys()
    if not missing:
        return
    for data in git.versions(catalog.root, f"{MODELS}/{model_id}{RECORD}", _MOST):
        try:
            record = reading.typed(data)
        except Flaw:  # of another schema version
            continue
        _recognise(record, missing, memory)


def shown(value: object) -> str:
    """A value of a facet or fact in words."""
    if value is None:
        return "nothing"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "nothing"
    return str(value)


def _recognise(record: Record, missing: Collection[str], memory: Judgements) -> None:
    facets = (getattr(record.tags, name) for name in DECIDABLE)
    memory.remember(facet for facet in facets if evidence.judged(facet) in missing)
    for name in CORRECTABLE:
        stated = getattr(record.facts, name)
        judged = canonical.digest(stated)
        if judged in missing:
            memory.stated[judged] = shown(stated)


def _told(said: Said) -> str:
    value, rule, signal, term = said
    return f"{value} by {rule}, on {term!r} in {signal}"
