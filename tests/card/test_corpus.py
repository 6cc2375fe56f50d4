from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from curation.card import parse
from curation.cards import Card

PARTS = 4
FILES = ["hub-2022-02", "hub-2024-sample", "popular-2024"]


def cards(project: Path, name: str, part: int) -> list[tuple[str, str]]:
    path = project.parent / f"shared/hub/{name}.parquet"
    if not path.is_file():
        pytest.skip("the public Hub data is not beside the project")
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path, columns=["id", "card"])
    rows = table.slice(part * len(table) // PARTS, len(table) // PARTS + 1).to_pylist()
    return [(row["id"], row["card"]) for row in rows if row["card"] is not None]


def faults(card: Card) -> list[str]:
    """What does not hold of a card that must hold of all."""
    at, line, counted = card.body_start, 1, 0
    found = []
    for block in card.blocks:
        line += card.text.count("\n", counted, block.start)
        counted = block.start
        if not (at <= block.start < block.end and block.line == line):
            found.append(f"{block} is out of place")
        at = block.end
    spans = [card.body_start, *(end for span in card.links for end in (span.start, span.end))]
    if at > len(card.text) or spans[-1] > len(card.text) or spans != sorted(spans):
        found.append("spans are out of order or bounds")
    headings = [block.line for block in card.blocks if block.kind == "heading"]
    if headings != [section.line for section in card.sections[1:]]:
        found.append("sections and headings differ")
    return found


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_card_of_the_hub_is_parsed(project: Path, name: str, part: int) -> None:
    wrong = {}
    unreadable = Counter[str]()
    texts = cards(project, name, part)
    for model_id, text in texts:
        card = parse(text)
        if found := faults(card):
            wrong[model_id] = found
        unreadable.update(flaw.kind for flaw in card.flaws if flaw.kind.startswith("front"))
    assert wrong == {}
    assert unreadable.total() < max(10, len(texts) // 100)
