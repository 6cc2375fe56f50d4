"""How fast cards are parsed: the whole, their parts alone, and str.split as the floor.

Usage: python benchmarks/card_parsing.py [CORPUS] [--rounds N]

CORPUS is a Parquet file with a column ``card``; cards under 300 characters are left out, as the
other benchmarks do. Each figure is the best of N rounds on one core, slice by slice, so that a
busy machine disturbs it little.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet
import ryaml

from curation.card import blocks, front_matter, links, parse, reading

SHORTEST = 300
SLICE = 100
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "hub" / "hub-2022-02.parquet"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    if not options.corpus.is_file():
        sys.stderr.write(f"no corpus at {options.corpus}\n")
        return 2
    column = pyarrow.parquet.read_table(options.corpus, columns=["card"])["card"].to_pylist()
    cards = [card for card in column if card is not None and len(card) >= SHORTEST]
    size = sum(len(card.encode()) for card in cards)
    sys.stdout.write(f"{len(cards):,} cards, {size / 1e6:.1f} MB, best of {options.rounds}\n")
    for name, work in _works(cards):
        seconds = _best(work, cards, options.rounds)
        sys.stdout.write(
            f"{name:28} {seconds / len(cards) * 1e6:7.2f} µs a card {len(cards) / seconds:10,.0f}"
            f" cards/s {size / seconds / 1e6:8.1f} MB/s\n"
        )
    return 0


def _works(cards: list[str]) -> list[tuple[str, Callable[[str], Any]]]:
    starts = {card: front_matter.read(card)[1] for card in cards}
    fronts = {card: card[4 : max(4, start - 4)] for card, start in starts.items()}

    def bare_yaml(card: str) -> Any:
        try:
            return ryaml.loads(fronts[card])  # type: ignore[attr-defined]
        except ValueError:
            return None

    return [
        ("whole parse", parse),
        ("reading (characters)", reading.read),
        ("front matter", front_matter.read),
        ("  ryaml on the same blocks", bare_yaml),
        ("blocks and sections", lambda card: blocks.scan(card, starts[card])),
        ("links", lambda card: links.find(card, starts[card])),
        ("floor: str.split by line", lambda card: card.split("\n")),
    ]


def _best(work: Callable[[str], Any], cards: list[str], rounds: int) -> float:
    """Seconds for all cards: the sum of each slice's fastest round."""
    total = 0.0
    gc.disable()
    for at in range(0, len(cards), SLICE):
        some = cards[at : at + SLICE]
        total += min(_once(work, some) for _ in range(rounds))
    gc.enable()
    return total


def _once(work: Callable[[str], Any], cards: list[str]) -> float:
    began = time.perf_counter()
    for card in cards:
        work(card)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
