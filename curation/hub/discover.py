"""Propose models that the catalog does not have, by its own queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import islice
from typing import Any, Protocol

import msgspec

from curation import canonical
from curation.hub.client import Answer
from curation.records import Facts
from curation.store.settings import Query

#: Our orders under the Hub's names.
_SORTS = {
    "created": "createdAt",
    "downloads": "downloads",
    "likes": "likes",
    "modified": "lastModified",
    "trending": "trendingScore",
}


class Source(Protocol):
    """What is searched: a ``Hub``."""

    def search(self, asked: Mapping[str, Any]) -> Iterator[Answer]: ...


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A model to propose; ``evidence`` hashes what it was proposed on."""

    id: str
    downloads: int | None
    likes: int | None
    task: str | None
    library: str | None
    license: str | None
    evidence: str


class Proposals(msgspec.Struct):
    """What queries bring: ``new`` ones, and how many were left out and why.

    ``rejected`` ones were declined before, ``changed`` of them on other evidence than today's.
    """

    new: list[Proposal] = []
    rejected: int = 0
    changed: list[str] = []
    known: int = 0
    closed: int = 0


def propose(
    source: Source,
    queries: Iterable[Query],
    *,
    taken: Collection[str],
    rejected: Mapping[str, str | None],
    allow_gated: bool = False,
) -> Proposals:
    """The models of ``queries``, each once, in the order in which they were found.

    ``taken`` ids are in the catalog or were in it; ``rejected`` leads from declined ids to the
    hash of the evidence they were declined on. Private models are left out, and so are gated ones
    without ``allow_gated``. Raises HubError and its kin.
    """
    found = Proposals()
    seen: set[str] = set()
    for query in queries:
        for answer in _found(source, query):
            if answer.canonical_id not in seen:
                seen.add(answer.canonical_id)
                _sort_in(found, answer, taken, rejected, allow_gated)
    return found


def evidence(facts: Facts) -> str:
    """The hash of what a model is proposed, or declined, on; a commit alone does not move it."""
    parents = sorted(base.id for base in facts.base_models)
    said = (facts.task, facts.library, facts.license, facts.languages, parents, bool(facts.gated))
    return canonical.digest(said)


def _found(source: Source, query: Query) -> Iterator[Answer]:
    named = {
        "pipeline_tag": query.task,
        "filter": query.library,
        "author": query.author,
        "search": query.search,
        "sort": _SORTS[query.sort],
        "limit": min(query.limit, 1000),
    }
    asked = {name: value for name, value in named.items() if value is not None}
    for answer in islice(source.search(asked), query.limit):
        excluded = any(fnmatchcase(answer.canonical_id, glob) for glob in query.exclude)
        if not excluded and (answer.downloads or 0) >= query.min_downloads:
            yield answer


def _sort_in(
    found: Proposals,
    answer: Answer,
    taken: Collection[str],
    rejected: Mapping[str, str | None],
    allow_gated: bool,
) -> None:
    model_id, facts = answer.canonical_id, answer.facts
    if model_id in taken:
        found.known += 1
    elif model_id in rejected:
        found.rejected += 1
        if rejected[model_id] not in (None, evidence(facts)):
            found.changed.append(model_id)
    elif facts.private or answer.disabled or (facts.gated and not allow_gated):
        found.closed += 1
    else:
        found.new.append(_proposal(answer))


def _proposal(answer: Answer) -> Proposal:
    facts = answer.facts
    return Proposal(
        id=answer.canonical_id,
        downloads=answer.downloads,
        likes=answer.likes,
        task=facts.task,
        library=facts.library,
        license=facts.license,
        evidence=evidence(facts),
    )
