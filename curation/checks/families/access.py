"""Models that not everybody can read."""

from __future__ import annotations

from collections.abc import Iterator

from curation.checks.claims import Claim, of_record
from curation.checks.world import World


def of_catalog(world: World) -> Iterator[Claim]:
    """Private models, and gated ones where the catalog does not allow them."""
    allowed = world.settings is None or world.settings.sync.allow_gated
    for model_id, row in world.records.items():
        if row.private:
            message = "private on the Hub: its name and facts do not belong here"
            yield of_record(model_id, "CUR252", ("facts", "private"), message)
        if row.gated and not allowed:
            message = "gated on the Hub, and catalog.toml says sync.allow_gated = false"
            yield of_record(model_id, "CUR251", ("facts", "gated"), message)
