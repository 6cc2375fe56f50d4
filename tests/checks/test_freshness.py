from __future__ import annotations

import msgspec
import pytest

from curation.checks.families import freshness
from curation.checks.seen import row
from curation.checks.world import World, world
from curation.records import Facts, Record
from curation.store.popularity import Popularity
from curation.store.settings import Settings


def seen(read_at: str | None, checked: str | None) -> World:
    facts = Facts(revision="0" * 40, read_at=read_at)
    counted = {"a/bee": Popularity(downloads=1, likes=0, checked=checked)} if checked else {}
    empty = world({}, gone=frozenset(), packs=None, today="2026-11-20", record=lambda _: None)
    return empty._replace(
        records={"a/bee": row(Record(id="a/bee", facts=facts))},
        popularity=counted,
        settings=msgspec.convert({"name": "bees", "version": "1.0.0"}, Settings),
    )


@pytest.mark.parametrize(
    ("read_at", "checked", "said"),
    [
        ("2026-11-19T08:00:00Z", None, None),
        ("2026-01-02T08:00:00Z", "2026-11-19T08:00:00Z", None),
        ("2026-11-19T08:00:00Z", "2026-01-02T08:00:00Z", None),
        ("2026-01-02T08:00:00Z", None, "last on 2026-01-02"),
        ("2026-01-02T08:00:00Z", "2026-02-03T08:00:00Z", "last on 2026-02-03"),
        (None, None, "as far as the catalog tells"),
    ],
)
def test_to_read_a_model_is_to_look_at_it(
    read_at: str | None, checked: str | None, said: str | None
) -> None:
    found = [claim.message for claim in freshness.of_catalog(seen(read_at, checked))]
    assert found == ([f"nobody has looked at it for 30 days, {said}"] if said else [])
