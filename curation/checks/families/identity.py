"""Which model a file speaks of: no two of one, and none that vanishes without a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from curation.checks.claims import Claim, of_record
from curation.checks.world import World


def of_catalog(world: World) -> Iterator[Claim]:
    """Ids in two cases, aliases of two models, two records of one commit, models that are gone."""
    yield from _cases(world.ids)
    yield from _aliases(world)
    yield from _commits(world)
    yield from _removed(world)


def _cases(ids: Iterable[str]) -> Iterator[Claim]:
    # On some file systems these are one file.
    for same in _groups((model_id.lower(), model_id) for model_id in ids).values():
        for model_id in same[1:]:
            message = f"{model_id} and {same[0]} differ in case only"
            yield of_record(model_id, "CUR201", ("id",), message)


def _aliases(world: World) -> Iterator[Claim]:
    known = sorted((model_id, row) for model_id, row in world.records.items() if row.aliases)
    owners = {name.lower(): name for name in sorted(world.ids, reverse=True)} if known else {}
    for model_id, row in known:
        for at, alias in enumerate(row.aliases):
            owner = owners.setdefault(alias.lower(), f"{model_id} (alias {at})")
            if owner != f"{model_id} (alias {at})":
                message = f"{alias} is {_called(owner, model_id)} already"
                yield of_record(model_id, "CUR202", ("aliases", at), message)


def _called(owner: str, model_id: str) -> str:
    name, _, alias = owner.partition(" ")
    return f"an alias of {name}" if alias else "its id" if name == model_id else "a model here"


def _commits(world: World) -> Iterator[Claim]:
    pairs = ((row.revision, name) for name, row in world.records.items() if row.revision)
    for revision, same in _groups(pairs).items():
        for model_id in same[1:]:
            message = f"{same[0]} is at {revision[:12]}, too: one repository under two names?"
            yield of_record(model_id, "CUR203", ("facts", "revision"), message)


def _removed(world: World) -> Iterator[Claim]:
    buried = {tombstone.id for tombstone in world.tombstones.tombstones}
    moved = {alias for row in world.records.values() for alias in row.aliases}
    for model_id in sorted(world.gone - world.ids - buried - moved):
        message = "removed, but no tombstone and no alias says so"
        yield of_record(model_id, "CUR204", (), message)


def _groups(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """The ids of each key that has several, sorted."""
    pairs, groups = tuple(pairs), defaultdict(list)
    if len({key for key, _ in pairs}) == len(pairs):  # mostly
        return {}
    for key, model_id in pairs:
        groups[key].append(model_id)
    return {key: sorted(same) for key, same in groups.items() if len(same) > 1}
