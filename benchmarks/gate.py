"""The gate against check-jsonschema: the hook on three changed files, and a whole catalog.

    python benchmarks/gate.py [--check-jsonschema PATH] [--models N] [--rounds N]

Whole processes, interleaved, the best of each. The catalog is made up: records in shape and size
like those of the Hub, tagged by the stock rules. The rival sees the same files and checks each
against the schema only. Both run with compiled modules.
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import curation
from curation import packs, roots
from curation.pipeline import Retagger
from curation.records import Facts, File, Override, Record
from curation.store import skeleton
from curation.store.catalog import Catalog

WORDS = ("bee", "wasp", "ant", "moth", "hornet", "cicada", "beetle", "locust", "termite")
TASKS = ("text-classification", "fill-mask", "summarization", "translation", "text-generation")
FILES = ("config.json", "pytorch_model.bin", "tokenizer.json", "vocab.txt", "merges.txt")
CARD = "# {name}\n\nA model for {task}, fine-tuned on Russian and German news about {word}s.\n"
NOW = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
ENVIRON = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
CURATE = (sys.executable, "-m", "curation", "validate")


def build(folder: Path, count: int) -> Catalog:
    """A committed catalog of ``count`` tagged records."""
    skeleton.make(folder, packs.available())
    retag = Retagger(packs.stock())
    dice = random.Random(count)
    catalog = Catalog(folder / "catalog")
    for number in range(count):
        record, card = model(number, dice)
        path = catalog.path(record.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.write(retag(record, card, Override()))
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "all")):
        subprocess.run((*GIT, *words), cwd=folder, check=True)
    return catalog


def model(number: int, dice: random.Random) -> tuple[Record, str]:
    """A record of about the Hub's shape, and its card."""
    word, task = dice.choice(WORDS), dice.choice(TASKS)
    name = f"{word}-base-{task}-{number}"
    facts = Facts(
        source="https://huggingface.co",
        revision=f"{number:040x}",
        read_at=NOW,
        task=task,
        library="transformers",
        license="apache-2.0",
        languages=("de", "ru"),
        tags=tuple(sorted((task, "transformers", "pytorch", "de", "ru", "license:apache-2.0"))),
        bytes_total=440_000_000,
        files=tuple(File(path=path, size=dice.randrange(10**6)) for path in FILES),
    )
    card = CARD.format(name=name, task=task, word=word)
    return Record(id=f"org-{number % 97}/{name}", facts=facts), card


def best(
    rounds: int, contests: dict[str, tuple[Sequence[str], Callable[[], None]]], cwd: Path
) -> None:
    """Print the shortest wall time of each command; each is made ready before each round."""
    times: dict[str, list[float]] = {name: [] for name in contests}
    for _ in range(rounds):
        for name, (command, ready) in contests.items():
            ready()
            start = time.perf_counter()
            done = subprocess.run(command, cwd=cwd, env=ENVIRON, capture_output=True, check=False)
            times[name].append(time.perf_counter() - start)
            if done.returncode not in (0, 1):
                raise SystemExit(done.stderr.decode())
    rival = min(times["check-jsonschema"])
    for name, found in times.items():
        print(f"  {name:32} {min(found) * 1000:9,.0f} ms   {rival / min(found):6.1f}x")


def hook(rival: str, rounds: int, folder: Path) -> None:
    """Three changed files, staged, in a catalog of a thousand whose cache knows the others."""
    catalog = build(folder, 1_000)
    subprocess.run((*CURATE, "--staged"), cwd=folder, env=ENVIRON, capture_output=True, check=False)
    cache = folder / ".curate" / "checks.cache"
    known = cache.read_bytes()
    changed = [catalog.path(model_id) for model_id in catalog.ids()[:900:300]]
    for path in changed:  # the facts stay as they are: the tags still rest on them
        path.write_text(
            path.read_text().replace('"aliases": []', f'"aliases": [\n    "{path.stem}"\n  ]')
        )
    subprocess.run((*GIT, "add", "-A"), cwd=folder, check=True)
    best(
        rounds,
        {
            "python -c pass": ((sys.executable, "-c", "pass"), lambda: None),
            "curate validate --staged": ((*CURATE, "--staged"), lambda: _put(cache, known)),
            "the same, no cache": ((*CURATE, "--staged", "--no-cache"), lambda: None),
            "check-jsonschema": (_rival(rival, changed), lambda: None),
        },
        folder,
    )


def whole(rival: str, count: int, folder: Path) -> None:
    """All of a large catalog, with no cache and with one that knows all."""
    catalog = build(folder, count)
    paths = [catalog.path(model_id) for model_id in catalog.ids()]
    best(
        3,
        {
            "curate validate --all --no-cache": ((*CURATE, "--all", "--no-cache"), lambda: None),
            "curate validate --all, first": (
                (*CURATE, "--all"),
                lambda: (folder / ".curate" / "checks.cache").unlink(missing_ok=True),
            ),
            "curate validate --all, again": ((*CURATE, "--all"), lambda: None),
            "check-jsonschema": (_rival(rival, paths), lambda: None),
        },
        folder,
    )


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _rival(program: str, paths: Sequence[Path]) -> tuple[str, ...]:
    schema = roots.schemas() / "record.schema.json"
    names = [path.relative_to(path.parents[3]).as_posix() for path in paths]
    return (program, "--schemafile", str(schema), *names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check-jsonschema", default=shutil.which("check-jsonschema"))
    parser.add_argument("--models", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    if not options.check_jsonschema:
        raise SystemExit("pip install check-jsonschema, or name it with --check-jsonschema")
    compileall.compile_dir(Path(curation.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        print("hook, 3 changed files in a catalog of 1,000 (best of", options.rounds, "rounds)")
        (Path(folder) / "hook").mkdir()
        hook(options.check_jsonschema, options.rounds, Path(folder) / "hook")
        print(f"whole catalog, {options.models:,} records (best of 3 rounds)")
        (Path(folder) / "whole").mkdir()
        whole(options.check_jsonschema, options.models, Path(folder) / "whole")


if __name__ == "__main__":
    main()
