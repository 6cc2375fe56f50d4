"""Layers 1 and 2 over a whole catalog, from its files or from git's index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from curation.checks import waivers
from curation.checks.cache import Cache
from curation.checks.claims import Claim, unlocated, with_lines
from curation.checks.codes import CODES
from curation.checks.families import ON_CATALOG
from curation.checks.files import look, ordered
from curation.checks.seen import Seen
from curation.checks.sources import Folder, Source, printable
from curation.checks.world import World, world
from curation.errors import CurateError, InputError
from curation.records import Finding, Record
from curation.rules import Pack
from curation.store import reading
from curation.store.flaws import Flaw
from curation.store.settings import Settings
from curation.store.tree import Entry

#: The codes that these two layers look for; only recomputing tells of the others.
RECOMPUTED = frozenset({"CUR214", "CUR223", "CUR224", "CUR225"})
ASKED = frozenset(code for code in CODES if code < "CUR3") - RECOMPUTED

#: Files from which on several processes look at them.
WORTH_IT = 4_000

_NO_SETTINGS = Claim(
    "CUR101", "catalog.toml", (), "it is not there, and a catalog is one by it", "put it back"
)

#: Gives the hash of rule packs and of what else a catalog tags by. Raises InputError.
Rules = Callable[[Iterable[Pack], Settings], str]


class Outcome(NamedTuple):
    """All findings, before waivers; what was seen, and the catalog as a whole.

    Those across files have a pointer, but no line yet: see ``located``.
    """

    findings: list[Finding]
    seen: dict[str, Seen]
    world: World


class Report(NamedTuple):
    """The findings that stand, by path and line, and those that a waiver covers."""

    findings: list[Finding]
    waived: list[Finding]


def look_at_all(source: Source, cache: Cache) -> dict[str, Seen]:
    """One look at each file; those that the cache knows are not read, or not again."""
    entries = list(source.entries())
    if cache.is_empty and isinstance(source, Folder) and len(entries) >= WORTH_IT:
        return _look_at_many(source, entries, cache)
    seen = {}
    for entry in entries:
        path = printable(entry.path)
        key = source.key(entry.path) if entry.kind == "file" else None
        found = cache.seen(path, key) if key else None
        if found is None:
            found = look(source, entry, cache)
            cache.keep(path, found)
        seen[path] = found
    return seen


def _look_at_many(source: Folder, entries: Sequence[Entry], cache: Cache) -> dict[str, Seen]:
    from curation import packs
    from curation.checks import parallel

    found = parallel.look_at(source.root, entries, meanwhile=packs.stock)  # asked for next
    seen = dict(zip((printable(entry.path) for entry in entries), found, strict=True))
    for path, one in seen.items():
        cache.keep(path, one)
    return seen


def run(source: Source, cache: Cache, *, today: str, rules: Rules) -> Outcome:
    """Look at all files, then hold them against each other.

    ``today`` is an ISO date; ``rules`` hashes rule packs and the taggers that the catalog names.
    """
    seen = look_at_all(source, cache)
    digest, missing = _packs(source, seen, cache, rules)
    whole = world(
        seen,
        gone=frozenset(_id(path) for path in source.removed() if path.endswith(".json")),
        packs=digest,
        today=today,
        record=lambda model_id: _record(source, model_id),
    )
    found = [claim for check in ON_CATALOG for claim in check(whole)]
    told = [one for file in seen.values() for one in file.findings]
    return Outcome([*told, *map(unlocated, (*missing, *found))], seen, whole)


def report(
    outcome: Outcome, more: Iterable[Finding] = (), asked: Collection[str] = ASKED
) -> Report:
    """The findings, and ``more`` of them, under the catalog's waivers.

    ``asked`` are the codes that were looked for.
    """
    findings = [*outcome.findings, *more]
    granted = outcome.world.waivers.waivers
    today = outcome.world.today
    against = map(unlocated, waivers.claims(granted, findings, today, asked))
    standing, waived = waivers.split(findings, granted, today)
    return Report(ordered([*standing, *against]), ordered(waived))


def located(source: Source, findings: Iterable[Finding]) -> list[Finding]:
    """Findings on files of ``source``, each with its line, by path and line."""
    found: list[Finding] = []
    for path, told in groupby(sorted(findings, key=attrgetter("path")), attrgetter("path")):
        together = list(told)
        lacking = any(one.line is None and one.pointer for one in together)
        found.extend(with_lines(together, _text(source, path) if lacking else None))
    return ordered(found)


def _text(source: Source, path: str) -> str | None:
    try:
        return source.read(path).decode("utf-8", "replace")
    except (FileNotFoundError, InputError):
        return None


def _record(source: Source, model_id: str) -> Record | None:
    try:
        return reading.typed(source.read(f"models/{model_id}.json"))
    except (FileNotFoundError, InputError, Flaw):
        return None


def _packs(
    source: Source, seen: Mapping[str, Seen], cache: Cache, rules: Rules
) -> tuple[str | None, list[Claim]]:
    """The hash of the rules in use, None if it cannot be told or nothing was tagged."""
    if seen and "catalog.toml" not in seen:
        return None, [_NO_SETTINGS]
    settings = seen["catalog.toml"].settings if seen else None
    if settings is None or not any(one.record and one.record.packs for one in seen.values()):
        return None, []
    own = _own_packs(seen)
    if any(seen[path].findings for path in own):  # these tell enough
        return None, []
    key = repr((sorted(settings.packs.items()), [(path, seen[path].key) for path in own]))
    known = cache.packs(key)
    if known and not settings.taggers:  # which version of these is installed, no file tells
        return known, []
    try:
        digest = rules(packs_in_use(source, seen), settings)
    except FileNotFoundError:
        return None, []
    except CurateError as error:
        return None, [Claim("CUR217", "catalog.toml", ("packs",), str(error), error.hint)]
    cache.keep_packs(key, digest)
    return digest, []


def packs_in_use(source: Source, seen: Mapping[str, Seen]) -> tuple[Pack, ...]:
    """The stock packs that the catalog pins, and its own. Raises InputError."""
    from curation import packs

    settings = seen["catalog.toml"].settings if "catalog.toml" in seen else None
    own = [packs.decode(source.read(path), path) for path in _own_packs(seen)]
    return packs.combined(packs.pinned(settings.packs if settings else {}), own)


def _own_packs(seen: Mapping[str, Seen]) -> list[str]:
    return sorted(path for path in seen if path.startswith("rules/") and path.endswith(".toml"))


def _id(path: str) -> str:
    return printable(path).partition("/")[2].removesuffix(".json")
