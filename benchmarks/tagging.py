"""How fast models are tagged, beside parsing alone and a bare scan of the same bytes.

    python benchmarks/tagging.py [--from FILE] [--rounds N]

One core, in one run: the rounds take turns, and the medians are shown. The bare scan is one call of
ahocorasick_rs a card, with the same phrases in the same lower case, and nothing done with its hits.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from curation.card import parse
from curation.hub import bulk
from curation.tagging import Tagger
from curation.tagging.normal import normal

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "hub" / "hub-2022-02.parquet"
#: Shorter cards say little; the figures that others give leave them out too, in characters.
SHORTEST = 300


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--from", dest="corpus", type=Path, default=CORPUS, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rows = [row for row in bulk.read([options.corpus]) if isinstance(row, bulk.Row)]
    texts = [(row, row.card) for row in rows if row.card and len(row.card) >= SHORTEST]
    size = sum(len(card.encode("utf-8", "replace")) for _, card in texts)
    print(f"{len(texts)} models with {SHORTEST} characters or more, {size / 1e6:.1f} MB of cards")
    report(measure(texts, options.rounds), len(texts), size)


def measure(texts: list[tuple[bulk.Row, str]], rounds: int) -> dict[str, float]:
    """Median seconds of each way to go over ``texts``."""
    tagger = Tagger()
    scan = tagger.book.text.bare
    lowered = [normal(card) for _, card in texts]
    ways: dict[str, Callable[[], object]] = {
        "whole: parse and tag": lambda: [
            tagger.tag(row.id, row.facts, parse(card)) for row, card in texts
        ],
        "parse alone": lambda: [parse(card) for _, card in texts],
        "scan with word edges": lambda: [tagger.book.text.scan(text) for text in lowered],
        "bare scan": lambda: [scan(text) for text in lowered],
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(clocked(way))
    return {name: statistics.median(found) for name, found in seconds.items()}


def clocked(way: Callable[[], object]) -> float:
    """Seconds that ``way`` takes, without the collector's share, as bulk tagging runs."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    way()
    taken = time.perf_counter() - start
    gc.enable()
    return taken


def report(seconds: dict[str, float], count: int, size: int) -> None:
    """One line a way: models and megabytes a second, and its share of the bare scan's rate."""
    bare = seconds["bare scan"]
    for name, taken in seconds.items():
        rate, share = count / taken, bare / taken
        print(f"{name:22} {rate:9,.0f} models/s {size / taken / 1e6:7.1f} MB/s  {share:5.2f}")


if __name__ == "__main__":
    main()
