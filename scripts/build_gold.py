"""Build tests/gold: annotated models, plain facts of them, and the scores that may not fall.

    python scripts/build_gold.py [--check] [--ratchet] [--from ../shared]

The gold files lose their notes. ``facts.jsonl`` has what the Hub and the front matter of a card
state in so many words: ids, tags, file names, languages, datasets; no prose and no widgets. It is
a bulk file as ``curate eval --from`` reads it, the card being its front matter. ``--ratchet``
writes today's scores, on the facts and, where the source folder is at hand, on the whole cards.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from curation import pipeline
from curation.card import parse
from curation.hub.bulk import Row
from curation.tagging import Tagger
from curation.tagging.governance import evaluate, ratchet
from curation.tagging.governance.gold import Gold, read_gold

PROJECT = Path(__file__).resolve().parents[1]
TARGET = PROJECT / "tests" / "gold"
SHARED = PROJECT.parent / "shared"
NAMES = ("dev", "dev2", "dev3")
FACTS, RATCHET = "facts.jsonl", "ratchet.toml"
#: Fields of the front matter that state facts.
FRONT = ("base_model", "datasets", "language", "library_name", "license", "pipeline_tag", "tags")
#: Fields of a dataset in a model-index.
DATASET = ("type", "name", "args", "config")
#: What is longer is no fact but prose.
LONGEST = 96
ABOUT = """\
# Scores that may not fall, written by 'python scripts/build_gold.py --ratchet'. "facts" are scores
# on facts.jsonl, "cards" those on the whole cards, which are not in the project.
"""

Table = dict[str, Any]


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if out of date")
    parser.add_argument("--ratchet", action="store_true", help="write today's scores")
    parser.add_argument("--from", dest="shared", type=Path, default=SHARED, metavar="DIR")
    options = parser.parse_args(words)
    files = dict(build(options.shared)) if options.shared.is_dir() else {}
    if not files:
        print(f"{options.shared} is not there: nothing to build from", file=sys.stderr)
    stale = [name for name, text in files.items() if text != current(name)]
    if options.check:
        for name in stale:
            print(f"{TARGET / name}: out of date; run scripts/build_gold.py", file=sys.stderr)
        return int(bool(stale))
    for name in stale:
        (TARGET / name).write_text(files[name], encoding="utf-8")
    if options.ratchet:
        (TARGET / RATCHET).write_text(ABOUT + ratchet.render(scores(options.shared)), "utf-8")
    return 0


def current(name: str) -> str:
    path = TARGET / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def build(shared: Path) -> Iterator[tuple[str, str]]:
    """The name and content of every file but the ratchet."""
    gold = []
    for name in NAMES:
        path = shared / "gold" / f"{name}.jsonl"
        gold += read_gold(path)
        lines = [msgspec.json.decode(line, type=Table) for line in path.read_bytes().splitlines()]
        yield path.name, _jsonl({k: v for k, v in line.items() if k != "note"} for line in lines)
    found = (row for row, line in pipeline.models(corpora(shared), gold) if line is not None)
    yield FACTS, _jsonl(sorted((facts(row) for row in found), key=lambda row: str(row["id"])))


def corpora(shared: Path) -> list[Path]:
    """The bulk files that hold the annotated models."""
    return sorted((shared / "hub").glob("*.parquet"))


def facts(row: Row) -> Table:
    """One model as plain facts, under the Hub's names; what is not stated is left out."""
    known = row.facts
    config = {"architectures": list(known.architectures), "model_type": known.model_type}
    found = {
        "id": row.id,
        "tags": _texts(list(known.tags)),
        "pipeline_tag": known.task,
        "library_name": known.library,
        "siblings": [{"rfilename": file.path} for file in known.files],
        "config": {key: value for key, value in config.items() if value},
        "card": front_matter(row.card),
    }
    return {key: value for key, value in found.items() if value}


def front_matter(card: str | None) -> str | None:
    """The facts in a card's front matter, as a card of nothing else."""
    front = parse(card).front if card is not None else {}
    kept: Table = {key: texts for key in FRONT if (texts := _texts(front.get(key)))}
    datasets = [*_datasets(front.get("model-index")), *_datasets(front.get("model_index"))]
    if datasets:
        kept["model-index"] = [{"results": [{"dataset": dataset} for dataset in datasets]}]
    lines = "".join(f"{key}: {_json(value)}\n" for key, value in kept.items())
    return f"---\n{lines}---\n" if lines else None


def _datasets(index: Any) -> Iterator[Table]:
    """The datasets that a model-index names."""
    for model in _dicts(index):
        for result in _dicts(model.get("results")):
            for dataset in _dicts(result.get("dataset")):
                if kept := {key: texts for key in DATASET if (texts := _texts(dataset.get(key)))}:
                    yield kept


def _texts(value: Any) -> list[str]:
    return [item for item in _items(value) if isinstance(item, str) and 0 < len(item) <= LONGEST]


def _dicts(value: Any) -> list[Table]:
    return [item for item in _items(value) if isinstance(item, dict)]


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def scores(shared: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Today's scores by input and gold file; those on cards as they were if there are none."""
    gold = {name: read_gold(TARGET / f"{name}.jsonl") for name in NAMES}
    found = {"facts": scored(gold, [TARGET / FACTS])}
    if sources := corpora(shared):
        return found | {"cards": scored(gold, sources)}
    return found | {"cards": tomllib.loads(current(RATCHET)).get("cards", {})}


def scored(gold: dict[str, list[Gold]], sources: list[Path]) -> dict[str, dict[str, float]]:
    """The scores of each gold file on some bulk files, read once for all of them."""
    every = [line for lines in gold.values() for line in lines]
    rows = pipeline.tag_gold(every, sources, Tagger())
    return {name: ratchet.scores(evaluate.score(lines, rows)) for name, lines in gold.items()}


def _jsonl(rows: Iterator[Table] | list[Table]) -> str:
    return "".join(f"{_json(row)}\n" for row in rows)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
