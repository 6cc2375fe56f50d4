"""Which calls a look at the catalog's models takes: lists of authors, or one call each.

A page of an author's list tells of up to 1,000 models what one call each would tell, but for the
sizes of files. A model that is new to us needs a call of its own anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import ceil

import msgspec

from curation.records import Facts

#: Calls per window of five minutes that the Hub grants: without a token, and with a free
#: account's. What the Hub said in the last run counts more.
ANONYMOUS = {"api": 500, "resolvers": 3000}
KNOWN = {"api": 1000, "resolvers": 5000}
_WINDOW_MINUTES = 5


class Plan(msgspec.Struct, frozen=True):
    """``lists`` names the models to be found in each author's list, ``alone`` all others."""

    lists: Mapping[str, tuple[str, ...]]
    alone: tuple[str, ...]


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """The most that a plan may cost: calls of each kind, and minutes that the quota takes.

    ``likely_*`` are the calls if as many models have a new revision as last time; None without
    a last time.
    """

    api: int
    resolvers: int
    minutes: int
    likely_api: int | None = None
    likely_resolvers: int | None = None


def plan(
    known: Mapping[str, Facts], pages: Mapping[str, int], troubled: Collection[str] = ()
) -> Plan:
    """The cheapest way to look at the models of ``known`` (id: facts).

    ``pages`` says how many pages an author's list took before; where nothing is known of it,
    one is hoped for. Models that were ``troubled`` last time are not looked for in lists.
    """
    lists: dict[str, list[str]] = {}
    for model_id, facts in known.items():
        author, slash, _ = model_id.partition("/")
        if slash and facts.revision is not None and model_id not in troubled:
            lists.setdefault(author, []).append(model_id)
    worth = {author: tuple(ids) for author, ids in lists.items() if pages.get(author, 1) < len(ids)}
    listed = {model_id for ids in worth.values() for model_id in ids}
    return Plan(worth, tuple(model_id for model_id in known if model_id not in listed))


def most_pages(wanted: int) -> int:
    """How many pages of an author's list may be read for so many models: fewer than one each."""
    return max(1, wanted - 1)


def bound(
    made: Plan, pages: Mapping[str, int], quota: Mapping[str, int], changed: float | None = None
) -> Bound:
    """The most that ``made`` costs under ``quota`` (calls per window by kind).

    ``changed`` is the share of models that had a new revision last time.
    """
    listed = sum(map(len, made.lists.values()))
    reading = sum(_reading(made, pages))
    api, resolvers = reading + listed + len(made.alone), listed + len(made.alone)
    # One window more: that in which we come may be spent.
    over = [ceil(n / max(1, quota[k])) for k, n in (("api", api), ("resolvers", resolvers)) if n]
    most = Bound(api=api, resolvers=resolvers, minutes=max(over, default=0) * _WINDOW_MINUTES)
    if changed is None:
        return most
    cards = ceil(changed * listed) + len(made.alone)
    return msgspec.structs.replace(
        most, likely_api=_likely(made, pages) + cards, likely_resolvers=cards
    )


def _reading(made: Plan, pages: Mapping[str, int]) -> Iterator[int]:
    for author, ids in made.lists.items():
        yield max(pages.get(author, 0), most_pages(len(ids)))


def _likely(made: Plan, pages: Mapping[str, int]) -> int:
    return sum(pages.get(author, 1) for author in made.lists)
