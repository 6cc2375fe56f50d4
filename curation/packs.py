"""Load rule packs: the stock ones of the package, and a catalog's own."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec
from msgspec.structs import asdict

from curation import canonical, roots
from curation.errors import InputError
from curation.ids import clip
from curation.rules import KeptPack, KeptRule, Pack, Rule
from curation.store import toml
from curation.store.flaws import Flaw
from curation.terms import drawn


def load(path: Path) -> Pack:
    """Read one pack. Raises InputError naming the file and what is wrong in it."""
    try:
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def decode(raw: bytes, where: str) -> Pack:
    """The pack in the bytes of a file. Raises InputError naming ``where`` and what is wrong."""
    try:
        return msgspec.convert(toml.loads(raw), Pack)
    except (Flaw, msgspec.ValidationError) as error:
        raise InputError(
            f"{where}: not a rule pack: {error}", hint="see CONTRIBUTING.md, 'A rule'"
        ) from error


#: The name under which a catalog pins the calibration of the stock packs.
CALIBRATION = "calibration"


@cache
def stock() -> tuple[Pack, ...]:
    """All packs that ship with the package, by name."""
    return tuple(load(path) for path in sorted(roots.RULES.glob("*.toml")))


def available() -> dict[str, str]:
    """Name and version of every stock pack."""
    return {pack.name: pack.version for pack in stock()}


def pins() -> dict[str, str]:
    """What a new catalog pins: the version of every stock pack, and of their calibration."""
    return {**available(), CALIBRATION: _calibration_version()}


def _calibration_version() -> str:
    return str(msgspec.toml.decode((roots.PACKS / "calibration.toml").read_bytes())["version"])


def pinned(pins: Mapping[str, str]) -> tuple[Pack, ...]:
    """The stock packs that ``pins`` names, at these versions; all of today's if it names none.

    Raises InputError for a pack, or a version of one, that this tool does not bring.
    """
    if pins.keys() <= {CALIBRATION}:
        return stock()
    return tuple(_version(name, pins[name]) for name in sorted(pins.keys() - {CALIBRATION}))


def _version(name: str, version: str) -> Pack:
    ours = {pack.name: pack for pack in stock()}
    if name in ours and ours[name].version == version:
        return ours[name]
    older = kept(name, version)
    if older is not None:
        return msgspec.json.decode(older.read_bytes(), type=KeptPack)
    raise lacks(name, version, ours[name].version if name in ours else None)


def archived(name: str, version: str) -> Path:
    """Where the package keeps a version of a pack, or of the calibration, for those who pin it.

    The files are written by ``scripts/archive_packs.py``; tables of the vocabularies are in them,
    so that a word that is added later changes no tag.
    """
    return roots.OLD_RULES / name / f"{version}.json"


def kept(name: str, version: str) -> Path | None:
    """The archive of this version, or None. What a catalog pins is never made a path."""
    there = {(path.parent.name, path.stem): path for path in roots.OLD_RULES.glob("*/*.json")}
    return there.get((name, version))


def to_keep(pack: Pack) -> KeptPack:
    """``pack`` with the tables that its rules draw on."""
    kept = (KeptRule(**asdict(rule), table=dict(drawn(rule))) for rule in pack.rule)
    return KeptPack(**{**asdict(pack), "rule": tuple(kept)})


def lacks(name: str, version: str, present: str | None) -> InputError:
    """That this tool brings another version of the pack ``name``, or no such pack."""
    has = f"it has {name} {present}" if present else "no such pack"
    return InputError(
        f"no {clip(name)} {clip(version)} in this curate: {has}",
        hint="install the version of curate that has it, or move the pin in catalog.toml",
    )


def of_catalog(catalog: Path) -> tuple[Pack, ...]:
    """The catalog's own packs, ``rules/*.toml``."""
    return tuple(load(path) for path in sorted((catalog / "rules").glob("*.toml")))


def combined(stock_: Iterable[Pack], own: Iterable[Pack]) -> tuple[Pack, ...]:
    """Stock packs without the rules that a catalog's own packs disable or replace, then these.

    Raises InputError for an id to disable that no stock rule has: it may be misspelt, or gone.
    """
    stock_, own = tuple(stock_), tuple(own)
    known = {rule.id for pack in stock_ for rule in pack.rule}
    for pack in own:
        if unknown := sorted(set(pack.disable) - known):
            raise InputError(f"pack {pack.name}: disables {unknown[0]!r}, which is no stock rule")
    gone = {rule_id for pack in own for rule_id in (*pack.disable, *(r.id for r in pack.rule))}
    return (*(_without(pack, gone) for pack in stock_), *own)


def _without(pack: Pack, gone: Container[str]) -> Pack:
    return msgspec.structs.replace(pack, rule=tuple(r for r in pack.rule if r.id not in gone))


def digest(packs: Iterable[Pack]) -> str:
    """One hash over packs and the tables that their rules draw on: the same when they are kept."""
    packs = tuple(packs)
    tables = {rule.source: drawn(rule) for pack in packs for rule in pack.rule if rule.source}
    return canonical.digest([[_as_written(pack) for pack in packs], tables])


def _as_written(pack: Pack) -> Pack:
    if not isinstance(pack, KeptPack):
        return pack
    fields = [asdict(rule) for rule in pack.rule]
    for one in fields:
        del one["table"]
    return Pack(**{**asdict(pack), "rule": tuple(Rule(**one) for one in fields)})
