from __future__ import annotations

import pytest

from curation.card import parse
from curation.tagging.places import Regions, role

CARD = """# A spam filter

It tells unwanted letters from wanted ones, in plain words.

More of the same.

## Training data

Letters of the town of Acme.

## Limitations

- It knows no poems.

## Usage

```python
run()
```
"""


def places(text: str) -> list[tuple[str, str]]:
    card = parse(text)
    regions = Regions(card)
    return [
        (regions.place(index), text[block.start : block.end].strip().splitlines()[0])
        for index, block in enumerate(card.blocks)
    ]


def test_words_stand_where_the_card_puts_them() -> None:
    assert places(CARD) == [
        ("title", "# A spam filter"),
        ("lead", "It tells unwanted letters from wanted ones, in plain words."),
        ("intro", "More of the same."),
        ("heading", "## Training data"),
        ("training", "Letters of the town of Acme."),
        ("heading", "## Limitations"),
        ("limits", "- It knows no poems."),
        ("heading", "## Usage"),
        ("code", "```python"),
    ]


def test_badges_are_no_first_words() -> None:
    badge = "[![build](https://acme.example/badge.svg)](https://acme.example/build/of/the/model)"
    words = "A model that names the birds of a photograph."
    assert ("lead", words) in places(f"# Acme\n\n{badge}\n\n{words}\n")


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("Training data", "training"),
        ("Limitations and bias", "limits"),
        ("Evaluation results", "evaluation"),
        ("How to use", "usage"),
        ("BibTeX entry and citation info", "citation"),
        ("Other models", "related"),
        ("Intended uses & limitations", "prose"),
        ("Model description", "prose"),
        ("", "prose"),
    ],
)
def test_headings_say_what_stands_below(heading: str, place: str) -> None:
    assert role(heading) == place
