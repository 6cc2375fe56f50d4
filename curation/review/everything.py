"""All that two states of a catalog differ in."""

from __future__ import annotations

from curation.records import Change
from curation.review.compare import compare, order
from curation.review.decided import decided
from curation.review.settled import counts, settled
from curation.review.state import State


def changes(old: State, new: State) -> list[Change]:
    """Every difference in models, decisions, rules, pins, settings and ledgers, riskiest first.

    A release holds models alone, and beside one nothing else is compared.
    """
    found = [*compare(old.records, new.records), *counts(old, new)]
    if old.whole and new.whole:
        found += [*decided(old, new), *settled(old, new)]
    return sorted(found, key=order)
