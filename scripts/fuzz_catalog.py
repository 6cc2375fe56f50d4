"""Spoil files of a catalog, one after the other, and see that the gate always answers.

    python scripts/fuzz_catalog.py [--rounds 10000] [--seed N]

Every spoilt catalog must give errors, none (where the change means nothing), or one clear line;
a crash is printed with what makes it again, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from curation import packs
from curation.checks import gate
from curation.checks.cache import Cache
from curation.checks.sources import Folder
from curation.errors import CurateError
from curation.pipeline import tag_catalog
from curation.records import Facts, Record
from curation.store import skeleton
from curation.store.catalog import Catalog

TODAY = "2026-11-20"
Spoil = Callable[[bytes, random.Random], bytes]

OVERRIDE = b"""[tags.domains]
value = ["finance"]
reason = "It reads annual reports."
by = "someone"
on = "2026-11-01"
"""
RULES = b"""name = "ours"
version = "1.0.0"
about = "Of bees."

[[rule]]
id = "ours.bees"
why = "Bees are farmed."
places = { name = 2.0 }
supports = "domains:agriculture"
terms = ["bee"]
accepts = ["name: bee"]
rejects = ["name: wasp"]
"""


def flip(data: bytes, chance: random.Random) -> bytes:
    """A few bytes turned into others."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(len(data) + 1)]


def double(data: bytes, chance: random.Random) -> bytes:
    """Some lines are there twice: the same key again."""
    lines = data.splitlines(keepends=True)
    at = chance.randrange(len(lines)) if lines else 0
    return b"".join([*lines[: at + 1], *lines[at : at + chance.randint(1, 3)], *lines[at + 1 :]])


def inserted(*pieces: bytes) -> Spoil:
    """One of ``pieces`` stands somewhere within, mostly in the place of a value."""

    def spoil(data: bytes, chance: random.Random) -> bytes:
        at = [n for n, byte in enumerate(data) if byte in b':=,[{ \n"'] or [0]
        here = chance.choice(at) + 1
        return data[:here] + chance.choice(pieces) + data[here:]

    return spoil


def replaced(*wholes: bytes) -> Spoil:
    """Another content altogether."""
    return lambda data, chance: chance.choice(wholes)


SPOILS: dict[str, Spoil] = {
    "bytes flipped": flip,
    "cut short": cut,
    "lines doubled": double,
    "CRLF": lambda data, chance: data.replace(b"\n", b"\r\n"),
    "byte order mark": lambda data, chance: b"\xef\xbb\xbf" + data,
    "odd values": inserted(
        b"NaN", b"Infinity", b"1e999", b"-0", b"null", b"9" * 5000, b"{}", b"[[]]"
    ),
    "lone surrogates": inserted(b'"\\ud800"', b"\\udfff", b"\xed\xa0\x80", b"\\u0000", b"\x00"),
    "deep nesting": replaced(b"[" * 100_000, b'{"a":' * 100_000, b"a = " + b"[" * 100_000),
    "long keys": replaced(
        b".".join([b"a"] * 60_000) + b" = 1", b"[" + b".".join([b"a"] * 9000) + b"]"
    ),
    "ten megabytes": replaced(
        b'{"id": "' + b"x" * 10_000_000 + b'"}', b'a = "' + b"x" * 10_000_000
    ),
    "hostile text": inserted(
        b'"\\u001b[2J"', b"../../etc/passwd", b"::error::x", b"<script>", b"@all"
    ),
}
RARE = frozenset({"ten megabytes", "deep nesting", "long keys"})


def catalog(folder: Path) -> Catalog:
    """A small catalog with a file of every kind."""
    skeleton.make(folder, packs.pins())
    made = Catalog(folder / "catalog")
    for name in ("bee", "wasp"):
        facts = Facts(
            revision="a" * 40, license="mit", languages=("en",), gated=False, private=False
        )
        made.write(Record(id=f"acme/{name}", facts=facts))
    for path, data in (("overrides/acme/bee.toml", OVERRIDE), ("rules/ours.toml", RULES)):
        target = made.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    made = Catalog(made.root)
    assert list(tag_catalog(made, made.ids()))
    return made


def judge(root: Path, digest: str) -> str:
    """What the gate says of a catalog: ``errors``, ``no errors``, or ``one line``.

    ``digest`` stands for the rules, which take longer to hash than all else takes together.
    """
    source = Folder(root)
    try:
        outcome = gate.run(source, Cache(None), today=TODAY, rules=lambda packs, settings: digest)
        told = gate.located(source, gate.report(outcome).findings)
    except CurateError as error:
        assert "\n" not in str(error), str(error)
        return "one line"
    return "errors" if any(one.severity == "error" for one in told) else "no errors"


def spoil(path: Path, name: str, chance: random.Random) -> Callable[[], None]:
    """Spoil one file in one way; returns what brings it back."""
    whole = path.read_bytes()

    def mend() -> None:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
        path.write_bytes(whole)

    if name in SPOILS:
        path.write_bytes(SPOILS[name](whole, chance))
        return mend
    path.unlink()
    if name == "a folder":
        path.mkdir()
    if name == "a link out of the tree":
        path.symlink_to("/etc/passwd")
    return mend


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, counts, crashes, slowest = random.Random(options.seed), Counter[str](), 0, (0.0, "")
    ways = [*SPOILS, "a folder", "a link out of the tree", "vanished"]
    weights = [1 if way in RARE else 12 for way in ways]
    with tempfile.TemporaryDirectory() as folder:
        made = catalog(Path(folder))
        root, digest = made.root, str(made.record("acme/bee").inputs.packs)
        assert judge(root, digest) == "no errors", "the catalog is wrong before it is spoilt"
        paths = sorted(path for path in root.rglob("*") if path.is_file())
        for number in range(options.rounds):
            path, way = chance.choice(paths), chance.choices(ways, weights)[0]
            mend = spoil(path, way, chance)
            start = time.perf_counter()
            try:
                counts[judge(root, digest)] += 1
            except Exception:  # noqa: BLE001 -- whatever it is, this is what the script looks for
                crashes += 1
                print(f"round {number}, seed {options.seed}: {path.name}, {way}")
                traceback.print_exc()
            slowest = max(slowest, (time.perf_counter() - start, f"{path.name}, {way}"))
            mend()
        assert judge(root, digest) == "no errors", "the catalog was not brought back"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items()))
    print(f"{options.rounds:,} spoilt files: {told}; crashes {crashes}")
    print(f"slowest {slowest[0]:.2f} s ({slowest[1]}), peak memory {peak:,.0f} MB")
    return int(bool(crashes))


if __name__ == "__main__":
    sys.exit(main())
