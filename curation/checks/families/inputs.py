"""Whether tags rest on what is there now: the facts, the override and the rules."""

from __future__ import annotations

from collections.abc import Iterator

from curation import canonical
from curation.checks import claims
from curation.checks.claims import Claim
from curation.checks.world import World
from curation.records import Record


def of_record(record: Record) -> Iterator[Claim]:
    """Tags that were made from other facts."""
    stated = record.inputs.facts
    if stated is not None and stated != canonical.digest(record.facts):
        message = "the facts are not those that the tags were made from"
        yield _claim(record.id, "CUR211", "facts", message)


def of_catalog(world: World) -> Iterator[Claim]:
    """Tags that were made under another override or by other rules, or never."""
    decided = {name: canonical.digest(one) for name, one in world.overrides.items() if _says(one)}
    for model_id, row in world.records.items():
        if row.packs is None:
            if row.revision is not None:
                yield _claim(model_id, "CUR215", "packs", "it has facts, but no tags")
            continue
        if row.override != decided.get(model_id):
            message = "the override is not the one that the tags were made under"
            yield _claim(model_id, "CUR212", "override", message)
        if world.packs is not None and row.packs != world.packs:
            message = "the rules are not those that the tags were made by"
            yield _claim(model_id, "CUR213", "packs", message)


def _claim(model_id: str, code: str, name: str, message: str) -> Claim:
    return claims.of_record(model_id, code, ("inputs", name), message)


def _says(override: object) -> bool:
    return override != type(override)()
