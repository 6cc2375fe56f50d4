"""Reading a release against plain readers of its files.

    python benchmarks/release.py [--models N] [--rounds N]

Whole processes, interleaved, the best of each, and how often it is as long as ``curation.load``.
The release is made up: models in shape and size like those of the Hub.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from curation.model import Model
from curation.records import Result
from curation.release import sums, tables

TASKS = ("text-classification", "fill-mask", "automatic-speech-recognition", "text-generation")
LANGUAGES = ("en", "ru", "de", "sw", "zh")
OURS = "curation.load"
READERS = {
    "python -c pass": "pass",
    OURS: "import curation; assert len(curation.load({folder!r})) == {count}",
    "the same, and a filter": (
        "import curation; curation.load({folder!r}).filter(language='Russian', max_bytes=10**9)"
    ),
    "json.load": "import json; json.load(open({folder!r} + '/catalog.json'))",
    "pandas.read_json": (
        "import pandas; pandas.read_json({folder!r} + '/catalog.jsonl', lines=True)"
    ),
    "pandas.read_parquet": "import pandas; pandas.read_parquet({folder!r} + '/catalog.parquet')",
}


def build(folder: Path, count: int) -> None:
    """The files that are read, of ``count`` models."""
    dice = random.Random(count)
    models = [model(number, dice) for number in range(count)]
    content = {
        "catalog.json": tables.as_json("1.0.0", models),
        "catalog.jsonl": tables.as_lines(models),
        "catalog.parquet": tables.as_parquet(models),
    }
    for name, data in {**content, sums.NAME: sums.write(content)}.items():
        (folder / name).write_bytes(data)


def model(number: int, dice: random.Random) -> Model:
    """A model of about the Hub's shape."""
    task, language = dice.choice(TASKS), dice.choice(LANGUAGES)
    return Model(
        id=f"org-{number % 97}/{task}-{number:06}",
        task=task,
        languages=(language,),
        kinds=("language",),
        specialization=(f"language:{language}",),
        bytes=dice.randrange(10**10),
        license="apache-2.0",
        formats=("pytorch", "safetensors"),
        confidence={"task": dice.random(), "languages": dice.random(), "scope": dice.random()},
        states={"derivation": "unknown", "domains": "unknown"},
        results=(Result(task=task, dataset="common_voice", metric="wer", value=dice.random()),),
        revision=f"{number:040x}",
        source="https://huggingface.co",
        read_at="2026-11-20T08:00:00Z",
        downloads=dice.randrange(10**6),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), options.models)
        times: dict[str, list[float]] = {name: [] for name in READERS}
        for _ in range(options.rounds):
            for name, code in READERS.items():
                start = time.perf_counter()
                program = code.format(folder=folder, count=options.models)
                subprocess.run([sys.executable, "-c", program], check=True)
                times[name].append(time.perf_counter() - start)
    print(f"{options.models:,} models")
    for name, found in times.items():
        ratio = min(found) / min(times[OURS])
        print(f"  {name:24} {min(found) * 1000:7,.0f} ms   {ratio:5.1f}x")


if __name__ == "__main__":
    main()
