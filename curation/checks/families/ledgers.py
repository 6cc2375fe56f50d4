"""What people wrote down about models that left, that are declined, and that are counted."""

from __future__ import annotations

from collections.abc import Iterator

from curation.checks.claims import Claim
from curation.checks.world import World


def of_catalog(world: World) -> Iterator[Claim]:
    """Ledger entries that the records deny."""
    for at, tombstone in enumerate(world.tombstones.tombstones):
        if tombstone.id in world.ids:
            place = ("tombstones", at, "id")
            message = f"{tombstone.id} is in the catalog"
            yield Claim("CUR205", "tombstones.toml", place, message)
    for at, rejection in enumerate(world.rejections.rejections):
        if rejection.facet is None and rejection.id in world.ids:
            place = ("rejections", at, "id")
            message = f"{rejection.id} was declined, but is in the catalog"
            yield Claim("CUR208", "rejections.toml", place, message)
    for model_id in world.popularity:
        if model_id not in world.ids:
            message = f"there is no record of {model_id}"
            yield Claim("CUR207", "popularity.csv", (model_id,), message)
