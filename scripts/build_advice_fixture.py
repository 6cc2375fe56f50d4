"""Build the catalog that the tests of advice run on, from public facts and our own tags.

    python scripts/build_advice_fixture.py [--check] [--from ../shared/hub]

``tests/advise/data/models.jsonl`` holds what a release would say of the models of AI Model
Advisor's catalog, of the seed facts, of the popular ones of 2024, and of the sample Hub. Facts
come from the first source that has the model: sample Hub, seed facts, the dump of 2022, popular
cards; a model that none has is known by its id alone. Sizes stand there only where a source
states them: a count of parameters in the seed facts, or in the name. Advisor's own sizes are not
believed; they go into ``advisor-sizes.json``, for its smallest-first rule to sort by.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from build_sample_hub import RENAMED, SEED, payload

from curation import roots
from curation.hub import bulk
from curation.hub import payload as hub_payload
from curation.model import Model
from curation.pipeline import tags_of
from curation.records import Override, Record
from curation.release.projection import project
from curation.tagging import Tagger

TARGET = roots.SAMPLE_HUB.parents[2] / "tests" / "advise" / "data"
DUMPS = ("hub-2022-02.parquet", "popular-2024.parquet")
_COUNT = re.compile(r"~?(\d+(?:\.\d+)?)([MB])\b")
_UNITS = {"M": 1e6, "B": 1e9}


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the catalog of the tests of advice.")
    parser.add_argument("--from", dest="hub", type=Path, default=Path("../shared/hub"))
    parser.add_argument("--check", action="store_true", help="write nothing, fail on differences")
    options = parser.parse_args()
    stale = []
    for path, text in built(options.hub):
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for path in stale:
        print(path.name, "differs" if options.check else "written")
    return 1 if options.check and stale else 0


def built(hub: Path) -> Iterator[tuple[Path, str]]:
    """The files of the fixture and their text."""
    sizes = advisor_sizes(hub)
    tagger = Tagger()
    models = [_model(row, tagger) for row in rows(hub, {*sizes, *_ids(hub / SEED), *_popular(hub)})]
    yield TARGET / "models.jsonl", "".join(sorted(map(_line, models)))
    yield TARGET / "advisor-sizes.json", json.dumps(sizes, indent=1, sort_keys=True) + "\n"


def advisor_sizes(hub: Path) -> dict[str, float]:
    """Advisor's models and the least size that it gives each, in MB."""
    found: dict[str, float] = {}
    for tasks in json.loads((hub / "advisor-models.json").read_bytes())["models"].values():
        for tiers in tasks.values():
            for row in (row for entries in tiers.values() for row in entries):
                name, size = row["huggingFaceId"], float(row["sizeMB"])
                if not name.startswith("placeholder/"):
                    found[name] = min(size, found.get(name, size))
    return found


def rows(hub: Path, wanted: set[str]) -> Iterator[bulk.Row]:
    """Each wanted model once, with the facts of the best source, and all of the sample Hub."""
    found = {row.id: row for row in _sample()}
    found |= {row.id: row for row in _seed(hub) if row.id not in found}
    found |= {name: _counted(found[name], count) for name, count in _counts(hub).items()}
    for dump in DUMPS:
        for item in bulk.read([hub / dump]):
            if isinstance(item, bulk.Row) and item.id in wanted - found.keys() - RENAMED.keys():
                found[item.id] = item
    for name in wanted - found.keys() - RENAMED.keys():
        found[name] = bulk.Row(name, hub_payload.facts(hub_payload.from_fields({"id": name})), None)
    return iter(found.values())


def _sample() -> Iterator[bulk.Row]:
    """The sample Hub's models with its cards."""
    for item in bulk.read([roots.SAMPLE_HUB / "models.jsonl"]):
        if isinstance(item, bulk.Row):
            card = roots.SAMPLE_HUB / "cards" / f"{item.id}.md"
            text = card.read_text(encoding="utf-8") if card.is_file() else None
            yield msgspec.structs.replace(item, card=text)


def _seed(hub: Path) -> Iterator[bulk.Row]:
    for name in _ids(hub / SEED):
        told = payload(name, hub / SEED)
        yield bulk.Row(name, hub_payload.facts(hub_payload.from_fields(told)), None)


def _counts(hub: Path) -> dict[str, int]:
    """The parameters that public pages state of the seed models (of all experts together)."""
    found = {}
    for line in (hub / SEED).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if match := _COUNT.match(row["facts"].get("parameter_count") or ""):
            found[row["id"]] = round(float(match[1]) * _UNITS[match[2]])
    return found


def _counted(row: bulk.Row, count: int) -> bulk.Row:
    facts = msgspec.structs.replace(row.facts, parameters_total=count)
    return msgspec.structs.replace(row, facts=facts)


def _ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


def _popular(hub: Path) -> set[str]:
    return {item.id for item in bulk.read([hub / DUMPS[1]]) if isinstance(item, bulk.Row)}


def _model(row: bulk.Row, tagger: Tagger) -> Model:
    tags = tags_of(row, tagger)
    return project(Record(id=row.id, facts=row.facts, tags=tags), Override(), None)


def _line(model: Model) -> str:
    told = msgspec.to_builtins(model)
    plain = msgspec.to_builtins(Model(id=model.id))
    kept: Mapping[str, Any] = {
        name: value for name, value in told.items() if name == "id" or value != plain[name]
    }
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
