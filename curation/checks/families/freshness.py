"""Facts whose age is not known or too great."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from curation.checks.claims import Claim, of_record
from curation.checks.world import World


def of_catalog(world: World) -> Iterator[Claim]:
    """Records at no commit, and those that nobody has looked at within the policy's days."""
    days = world.settings.policy.max_checked_days if world.settings else None
    oldest = str(date.fromisoformat(world.today) - timedelta(days=days)) if days else ""
    for model_id, row in world.records.items():
        if row.revision is None:
            yield of_record(model_id, "CUR253", ("facts", "revision"), "the Hub was never read")
            continue
        counted = world.popularity.get(model_id)
        seen = max((counted and counted.checked) or "", row.read_at or "")[:10]
        if days and seen < oldest:
            when = f"last on {seen}" if seen else "as far as the catalog tells"
            message = f"nobody has looked at it for {days} days, {when}"
            yield of_record(model_id, "CUR254", ("facts", "read_at"), message)
