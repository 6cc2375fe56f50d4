"""How fast ``curate diff`` tells of many changed records, beside parsing them with plain json.

Usage: python benchmarks/review.py [--records N] [--format NAME]

The records are those of the shipped catalog, as often as it takes, under new names. In each the
revision, the licence and the tags of a rule change. Both sides are folders on disk, and read anew
for each format, in a process of its own; the floor is json.loads over the same files, in the same
run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from curation import canonical
from curation.cli.diff import FORMATS
from curation.records import Evidence, FacetTags, Record, Tag
from curation.store.catalog import Catalog

SHIPPED = Path(__file__).resolve().parents[1] / "catalog"
_LICENCES = ("mit", "apache-2.0")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--format", choices=tuple(FORMATS), action="append")
    options = parser.parse_args()
    with TemporaryDirectory() as work:
        sides = [Path(work) / name for name in ("old", "new")]
        size = _write(sides, options.records)
        print(f"{options.records:,} changed records, {size / 1e6:.0f} MB on both sides")
        floor = _parsed(sides)
        print(f"{'floor: json.loads':20} {floor:6.2f} s")
        for name in options.format or FORMATS:
            seconds, written = _told(Path(work), name)
            line = f"{name:20} {seconds:6.2f} s {seconds / floor:6.1f} × the floor"
            print(f"{line} {written / 1e6:8.2f} MB written")
    return 0


def _write(sides: list[Path], count: int) -> int:
    """Write both catalogs; returns the bytes of their records."""
    size = 0
    for side in sides:
        (side / "models").mkdir(parents=True)
        (side / "catalog.toml").write_text('name = "c"\nversion = "1.0.0"\n', encoding="utf-8")
    for old in _records(count):
        for side, record in zip(sides, (old, _changed(old)), strict=True):
            path = side / "models" / f"{record.id}.json"
            path.parent.mkdir(exist_ok=True)
            size += path.write_bytes(canonical.dumps(record).encode())
    return size


def _records(count: int) -> Iterator[Record]:
    shipped = list(Catalog(SHIPPED).records())
    for number, record in enumerate(islice(cycle(shipped), count)):
        model_id = f"o{number % 100}/m{number}"
        yield msgspec.structs.replace(record, id=model_id, aliases=())


def _changed(record: Record) -> Record:
    """``record`` of another revision and licence, and with another language by another rule."""
    number = int(record.id.rpartition("m")[2])
    licence = _LICENCES[record.facts.license == _LICENCES[0]]
    facts = msgspec.structs.replace(record.facts, revision=f"{number:040x}", license=licence)
    said = (Evidence(rule=f"own.{number % 40}", signal="name", term="m", weight=2.0),)
    languages = FacetTags(
        state="known", values=(Tag(value=f"q{number % 7}", confidence=0.9, evidence=said),)
    )
    tags = msgspec.structs.replace(record.tags, languages=languages)
    return msgspec.structs.replace(record, facts=facts, tags=tags)


def _parsed(sides: list[Path]) -> float:
    began = time.perf_counter()
    for side in sides:
        for path in side.glob("models/*/*.json"):
            json.loads(path.read_bytes())
    return time.perf_counter() - began


def _told(work: Path, name: str) -> tuple[float, int]:
    """Seconds of ``curate diff`` from its start to its end, and the bytes that it wrote."""
    words = ["diff", f"{work / 'old'}..{work / 'new'}", "--format", name, "--to", str(work / name)]
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "curation", *words], check=True, capture_output=True)
    return time.perf_counter() - began, (work / name).stat().st_size


if __name__ == "__main__":
    sys.exit(main())
