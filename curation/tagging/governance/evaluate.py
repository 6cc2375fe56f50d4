"""Score tags against gold labels, facet by facet (see the annotation guide).

Accuracy for facets with one value; micro-averaged precision, recall and F1, and the rate of exact
matches, for facets with several. Fields that the two readers disputed are not scored, and ``und``
counts as saying nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from curation.tagging.governance.certainty import Certainty, measure
from curation.tagging.governance.gold import Gold, said

SINGLE = ("scope", "task", "subtask")
SETS = ("kinds", "domains", "languages", "platforms", "derivation")
#: The subtask of a narrow task that no other slug names.
_OTHER = "other"


class Accuracy(msgspec.Struct, frozen=True):
    """``right`` of ``n``."""

    n: int
    right: int
    accuracy: float | None


class SetScore(msgspec.Struct, frozen=True):
    """Micro-averaged over ``n`` models; ``exact`` is the share with exactly the gold set."""

    n: int
    precision: float | None
    recall: float | None
    f1: float | None
    exact: float | None


class Error(msgspec.Struct, frozen=True):
    """A field on which gold and tags differ."""

    id: str
    field: str
    gold: Any
    got: Any


class Scores(msgspec.Struct, frozen=True):
    """All scores of one gold file; ``missing`` are gold ids that no input held."""

    models: int
    single: dict[str, Accuracy]
    sets: dict[str, SetScore]
    certainty: dict[str, Certainty]
    errors: tuple[Error, ...]
    missing: tuple[str, ...] = ()


def score(gold: Iterable[Gold], rows: Mapping[str, Mapping[str, Any]]) -> Scores:
    """Score ``rows`` (by id, under the gold names) against ``gold``."""
    gold = list(gold)
    pairs = [(line, rows[line.id]) for line in gold if line.id in rows]
    single = {name: _accuracy(name, pairs) for name in SINGLE}
    named = [(g, r) for g, r in pairs if g.subtask not in (None, _OTHER)]
    single["subtask where named"] = _accuracy("subtask", named)
    return Scores(
        models=len(pairs),
        single=single,
        sets={name: _set_score(name, pairs) for name in SETS},
        certainty=measure(pairs),
        errors=tuple(e for name in (*SINGLE, *SETS) for e in _errors(name, pairs)),
        missing=tuple(line.id for line in gold if line.id not in rows),
    )


_Pairs = list[tuple[Gold, Mapping[str, Any]]]


def _scored(name: str, pairs: _Pairs) -> _Pairs:
    return [(gold, row) for gold, row in pairs if name not in gold.disputed]


def _accuracy(name: str, pairs: _Pairs) -> Accuracy:
    scored = _scored(name, pairs)
    right = sum(getattr(gold, name) == row[name] for gold, row in scored)
    return Accuracy(len(scored), right, _ratio(right, len(scored)))


def _set_score(name: str, pairs: _Pairs) -> SetScore:
    scored = [(said(getattr(g, name)), said(r[name])) for g, r in _scored(name, pairs)]
    hit = sum(len(want & got) for want, got in scored)
    wanted, given = sum(len(w) for w, _ in scored), sum(len(g) for _, g in scored)
    return SetScore(
        n=len(scored),
        precision=_ratio(hit, given),
        recall=_ratio(hit, wanted),
        f1=_ratio(2 * hit, wanted + given),
        exact=_ratio(sum(want == got for want, got in scored), len(scored)),
    )


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _errors(name: str, pairs: _Pairs) -> list[Error]:
    differs = _differs_set if name in SETS else _differs
    return [
        Error(gold.id, name, getattr(gold, name), row[name])
        for gold, row in _scored(name, pairs)
        if differs(getattr(gold, name), row[name])
    ]


def _differs(want: object, got: object) -> bool:
    return want != got


def _differs_set(want: Iterable[str], got: Iterable[str]) -> bool:
    return said(want) != said(got)
