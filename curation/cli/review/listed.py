"""What waits, as a table and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import structs

from curation.cli import table
from curation.ids import clip
from curation.review.session import Item


def lines(items: Sequence[Item]) -> Iterator[str]:
    """A line each, in the order in which they are asked for, and a count of each why."""
    rows_ = [(item.id, item.name, item.why, clip(item.value), item.rule or "-") for item in items]
    if rows_:
        yield from table.lines([("model", "facet", "why", "value", "rule"), *rows_])
    counts = Counter(item.why for item in items)
    told = ", ".join(f"{why} {count}" for why, count in counts.items())
    yield f"{len(items)} wait{'s' * (len(items) == 1)}" + (f": {told}" if told else "")


def rows(items: Sequence[Item]) -> list[dict[str, Any]]:
    """The items as data; ``group`` counts those that can be decided with it."""
    counts = Counter(item.group for item in items)
    return [{**structs.asdict(item), "group": counts[item.group]} for item in items]
