"""How often advice is right, beside AI Model Advisor's rule of smallest first.

python benchmarks/advice.py
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from curation.advise import measure
from curation.model import Model

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "advise"


def main() -> None:
    lines = (FOLDER / "data" / "models.jsonl").read_bytes()
    models = msgspec.json.Decoder(Model).decode_lines(lines)
    sizes = json.loads((FOLDER / "data" / "advisor-sizes.json").read_bytes())
    rules = {
        "by meaning": measure.by_meaning(models),
        "smallest first": measure.smallest_first(models, sizes),
    }
    print(f"{len(models)} models")
    needs = measure.read_needs(FOLDER / "needs.toml")
    files = {
        "needs.toml": needs,
        "its traps": tuple(need for need in needs if need.trap),
        "held-out.toml": measure.read_needs(FOLDER / "held-out.toml"),
    }
    for name, held in files.items():
        for rule, ranked in rules.items():
            found = measure.score(held, ranked)
            print(
                f"{name:14} {rule:15} right at 1: {found.at_1}/{found.needs}"
                f"  at 3: {found.at_3}/{found.needs}  misled: {found.misled}"
            )


if __name__ == "__main__":
    main()
