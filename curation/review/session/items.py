"""One thing that waits for a person, and all that is known of its model."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from curation.records import Decision, FacetTags, Override, Record, Tags
from curation.store.deciding import Part
from curation.store.judgements import Judgements
from curation.store.ledgers import Rejection
from curation.values import Value

Why = Literal["stale", "expired", "flip", "conflict", "unsure"]
#: In the order in which they are asked for.
WHYS: tuple[Why, ...] = ("stale", "expired", "flip", "conflict", "unsure")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to decide on a model.

    ``facet`` is what the rules infer without decisions, None for a fact; ``judged`` hashes it.
    ``accepts`` is what holds when it is accepted, None where nothing can be; ``declines`` are the
    values that can be declined. ``value`` and ``rule`` are what a group has in common.
    ``was`` is the scope before, ``behind`` has the facets that moved it; ``changes`` is what is
    other than when it was decided, ``declined`` what was declined though nothing decides so today.
    """

    id: str
    part: Part
    name: str
    why: Why
    judged: str
    facet: FacetTags | None = None
    value: str = ""
    rule: str = ""
    accepts: Value | None = None
    declines: tuple[str, ...] = ()
    decision: Decision | None = None
    was: str = ""
    behind: dict[str, FacetTags] = {}
    changes: tuple[str, ...] = ()
    declined: tuple[Rejection, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from all others of the catalog."""
        return f"{self.id} {self.part}.{self.name}"

    @property
    def group(self) -> tuple[str, ...]:
        """What it shares with those that can be decided at once."""
        return (self.why, self.part, self.name, self.value, self.rule)

    def without(self, value: str) -> tuple[str, ...]:
        """What holds once ``value`` is declined; of what is contested, nothing was chosen."""
        held = self.accepts if isinstance(self.accepts, tuple) else ()
        return tuple(one for one in held if one != value)


class Case(NamedTuple):
    """All that is known of a model.

    ``bare`` are its tags without decisions on tags, None if its card is not at hand; ``now`` those
    that hold, ``before`` those on the other side of a comparison. ``declined`` has what was
    declined of it before.
    """

    record: Record
    override: Override
    bare: Tags | None
    now: Tags
    before: Tags | None
    declined: tuple[Rejection, ...]
    memory: Judgements
    today: str
