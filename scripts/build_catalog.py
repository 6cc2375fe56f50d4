"""Build the records of the shipped catalog from public facts, and tag them.

    python scripts/build_catalog.py [--from ../shared/hub]

``catalog/models`` and ``catalog/popularity.csv`` are written; decisions, waivers and settings are
people's work and left alone. In the catalog are the models of AI Model Advisor without its
placeholders, the seed facts, and the most downloaded models of the dump of 2022 that have a card.
What a source words with doubt is left out (DOUBTFUL). Facts of the dump stand at the commit that
it read, and their cards are used; all others are at no commit until the first ``curate sync``.
Advisor's own numbers are rules on names: its models come in by their ids alone.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from curation import roots
from curation.hub import bulk
from curation.hub import payload as hub_payload
from curation.pipeline import Retagger, catalog_packs
from curation.records import Facts, Record
from curation.store.catalog import Catalog
from curation.store.popularity import Popularity

DUMP, SEED, ADVISOR = "hub-2022-02.parquet", "seed-facts.jsonl", "advisor-models.json"
#: The day of the dump: of the latest change in it.
READ_2022 = "2022-02-15T00:00:00Z"
MOST_DOWNLOADED = 250
#: Old name: today's, where the sources have both; one record, the old name its alias.
RENAMED = {
    "gpt2": "openai-community/gpt2",
    "gpt2-large": "openai-community/gpt2-large",
    "roberta-large-mnli": "FacebookAI/roberta-large-mnli",
}
#: Copies under another organisation, each with the one that is kept.
DUPLICATES = {
    "autogluon/chronos-bolt-tiny": "amazon/chronos-bolt-tiny",
    "autogluon/chronos-t5-large": "amazon/chronos-t5-large",
    "ornith-ai/Ornith-1.0-35B": "deepreinforce-ai/Ornith-1.0-35B",
}
#: Seed facts that their own source doubts.
DOUBTFUL: Mapping[str, tuple[str, ...]] = {
    "Qwen/Qwen2.5-Coder-0.5B-Instruct": ("revision_sha",),
    "TinyLlama/TinyLlama-1.1B-Chat-v1.0": ("datasets",),
    "deepseek-ai/deepseek-coder-1.3b-instruct": ("license", "parameter_count"),
    "dima806/fairface_age_image_detection": ("revision_sha",),
    "google/efficientnet-b0": ("parameter_count",),
    "hexgrad/Kokoro-82M": ("languages",),
    "hustvl/yolos-tiny": ("license", "parameter_count"),
    "HuggingFaceTB/SmolLM2-135M-Instruct": ("license",),
    "tech4humans/yolov8s-signature-detector": ("gated", "parameter_count"),
    "timm/mobilenetv3_large_100.ra_in1k": ("license", "parameter_count"),
    "trpakov/vit-face-expression": ("license",),
}
_COUNT = re.compile(r"(\d+(?:\.\d+)?)([MB])\b")
_UNITS = {"M": 10**6, "B": 10**9}
#: The class in config.json, and not a family by another name.
_CLASS = re.compile(r"\w+For\w+")


class Found(msgspec.Struct, frozen=True):
    """One model as a source has it."""

    id: str
    facts: Facts
    card: str | None = None
    counts: Popularity | None = None


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the shipped catalog's records.")
    parser.add_argument("--from", dest="hub", type=Path, default=Path("../shared/hub"))
    parser.add_argument("--to", type=Path, default=Path("catalog"), help="the catalog's folder")
    options = parser.parse_args()
    catalog = Catalog(roots.find_catalog(options.to))
    with catalog.lock():
        wrote, names = write(catalog, options.hub)
    print(f"{len(names)} models, {wrote} records written anew")
    return 0


def write(catalog: Catalog, hub: Path) -> tuple[int, list[str]]:
    """Write and tag every record; how many changed, and the ids."""
    found = {one.id: one for one in models(hub)}
    for gone in set(catalog.ids()) - found.keys():
        catalog.remove(gone)
    retag = Retagger(catalog_packs(catalog), catalog.settings.packs, catalog.settings.taggers)
    wrote = sum(_write(catalog, retag, one) for one in found.values())
    catalog.save_popularity({one.id: one.counts for one in found.values() if one.counts})
    return wrote, sorted(found)


def _write(catalog: Catalog, retag: Retagger, one: Found) -> bool:
    aliases = tuple(sorted(old for old, today in RENAMED.items() if today == one.id))
    record = Record(id=one.id, aliases=aliases, facts=one.facts)
    if one.card is not None and one.facts.revision is not None:
        catalog.save_card(one.id, one.facts.revision, one.card)
    return catalog.write(retag(record, one.card, catalog.override(one.id)))


def models(hub: Path) -> Iterator[Found]:
    """Every model of the catalog, with the facts of the best source that has it."""
    listed, seeds = _advisor(hub / ADVISOR), {one.id: one for one in _seeds(hub / SEED)}
    dump = list(_dump(hub / DUMP))
    carded = (one for one in dump if one.card is not None)
    top = sorted(carded, key=_by_downloads)[:MOST_DOWNLOADED]
    named = {one.id: one for one in dump if one.id in listed}
    known = {**named, **{one.id: one for one in top}, **seeds}
    bare = Facts(source=f"{ADVISOR} 2026-08-14")
    for model_id in sorted(known.keys() | listed):
        if model_id not in DUPLICATES:
            yield known.get(model_id) or Found(model_id, bare)


def _by_downloads(one: Found) -> tuple[int, str]:
    return -((one.counts and one.counts.downloads) or 0), one.id


def _advisor(path: Path) -> set[str]:
    tasks = json.loads(path.read_bytes())["models"].values()
    rows = (row for tiers in tasks for cells in tiers.values() for row in _cells(cells))
    names = {RENAMED.get(name, name) for name in (row["huggingFaceId"] for row in rows)}
    return {name for name in names if not name.startswith("placeholder/")}


def _cells(cells: Mapping[str, Iterable[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for rows in cells.values():
        yield from rows


def _dump(path: Path) -> Iterator[Found]:
    """The models of the dump, under today's names where the sources have them."""
    for row in bulk.read([path]):
        if isinstance(row, bulk.Row):
            facts = msgspec.structs.replace(row.facts, source=DUMP, read_at=READ_2022)
            counts = Popularity(downloads=row.downloads, likes=row.likes, checked=READ_2022)
            yield Found(RENAMED.get(row.id, row.id), facts, row.card, counts)


def _seeds(path: Path) -> Iterator[Found]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doubted = DOUBTFUL.get(row["id"], ())
        stated = {name: value for name, value in row["facts"].items() if name not in doubted}
        yield Found(row["id"], _stated(stated, f"{SEED}, as of {row['as_of']}"))


def _stated(stated: Mapping[str, Any], source: str) -> Facts:
    """Seed facts in the shape of the Hub, read by the same code as its answers."""
    architecture = stated.get("architecture") or ""
    payload = {
        "pipeline_tag": stated.get("pipeline_tag"),
        "library_name": stated.get("library_name"),
        "tags": stated.get("tags") or [],
        "gated": stated.get("gated"),
        "siblings": [{"rfilename": name} for name in stated.get("files") or []],
        "config": {
            "model_type": stated.get("model_type"),
            "architectures": [architecture] if _CLASS.fullmatch(architecture) else [],
        },
        "cardData": {
            "license": stated.get("license"),
            "language": stated.get("languages"),
            "datasets": stated.get("datasets"),
            "base_model": stated.get("base_model"),
        },
    }
    facts = hub_payload.facts(hub_payload.from_fields(payload), source=source)
    count = _COUNT.match(stated.get("parameter_count") or "")
    total = round(float(count[1]) * _UNITS[count[2]]) if count else None
    return msgspec.structs.replace(facts, parameters_total=total)


if __name__ == "__main__":
    sys.exit(main())
