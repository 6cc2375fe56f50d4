"""All that two states of a catalog differ in."""

from __future__ import annotations

from curation.records import Change
from curation.review.compare import compare, order
from curation.review.decided import decided
from curation.review.renamed import aligned
from curation.review.settled import counts, settled
from curation.review.state import State


def changes(old: State, new: State) -> list[Change]:
    """Every difference in models, decisions, rules, pins, settings and ledgers, riskiest first.

    A release holds models alone, and beside one nothing else is compared.
    """
    found = compare(old.records, new.records)
    came_or_went = {one.id for one in found if one.kind in ("added", "removed", "renamed")}
    came_or_went |= {str(one.old) for one in found if one.kind == "renamed"}
    found += (one for one in counts(old, new) if one.id not in came_or_went)
    if old.whole and new.whole:
        found += [*decided(aligned(old, new), new), *settled(old, new)]
    return sorted(found, key=order)
