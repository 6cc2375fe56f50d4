"""Measure which tokens of model ids denote a language: language_tokens.toml.

Usage: python scripts/mine_language_tokens.py DUMP.parquet…

A dump has the columns ``id`` and ``tags`` or ``info`` (the Hub's answer as JSON). A token agrees
with a model if its language is among those that the model's Hub tags name. No organisation counts
for more than five models, so that one with a thousand of a pattern of its own decides nothing.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec
import pyarrow.parquet as pq

from curation import languages, roots

TARGET = roots.VOCABULARIES / "language_tokens.toml"
HEADER = """\
# Tokens of model ids that are the code of a language, and how often they mean it.
#
# Written by scripts/mine_language_tokens.py; do not edit. scripts/build_languages.py takes a code
# for a language in ids where share >= 0.9, orgs >= 2 and agree >= 3. Measured on models that name
# one to ten languages in their tags, without huggingartists and huggingtweets: handles of people.
#
#   language  what the token would mean
#   orgs      organisations with such a model
#   share     how often it means that, no organisation counting for more than five models
#   agree     models whose tags name that language
#   models    models in which the token stands
"""
#: A model with more languages agrees with everything.
MOST = 10
#: What one organisation counts for at most, in models.
CAP = 5
HANDLES = frozenset({"huggingartists", "huggingtweets"})

Counts = dict[str, list[int]]


def main(paths: list[str]) -> int:
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    counts: dict[str, Counts] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    codes = meanings()
    for model_id, tags in rows(paths):
        if model_id.partition("/")[0] not in HANDLES:
            count(model_id, served(tags), codes, counts)
    lines = [line(token, codes[token], counts[token]) for token in sorted(counts)]
    TARGET.write_text(HEADER + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


def meanings() -> dict[str, str]:
    """Codes of two and three letters, whatever else they may mean, and their languages."""
    codes = {*languages.all_codes(), *languages.other_codes()}
    found = {code: languages.declared(code) for code in codes if len(code) <= 3}
    return {code: language for code, language in found.items() if language and language != "mul"}


def rows(paths: list[str]) -> Iterator[tuple[str, list[str]]]:
    for path in paths:
        file = pq.ParquetFile(path)
        column = "info" if "info" in file.schema_arrow.names else "tags"
        for batch in file.iter_batches(columns=["id", column]):
            for row in batch.to_pylist():
                yield row["id"], tags_of(row[column])


def tags_of(value: object) -> list[str]:
    plain: Any = msgspec.json.decode(value) if isinstance(value, str) else value
    tags = plain.get("tags") if isinstance(plain, dict) else plain
    return [str(tag) for tag in tags or ()]


def served(tags: list[str]) -> frozenset[str]:
    """The languages that ``tags`` name, alone or in pairs."""
    found = {code for tag in tags if (code := languages.from_hub_tag(tag))}
    found.update(code for tag in tags for code in languages.pair(tag) or ())
    return frozenset(found)


def count(
    model_id: str, known: frozenset[str], codes: dict[str, str], counts: dict[str, Counts]
) -> None:
    if not known or "mul" in known or len(known) > MOST:
        return
    org, _, name = model_id.rpartition("/")
    for token in set(re.split(r"[-_.]", name.lower())) & codes.keys():
        cell = counts[token][org]
        cell[0] += codes[token] in known
        cell[1] += 1


def line(token: str, language: str, counts: Counts) -> str:
    weights = {org: min(models, CAP) for org, (_, models) in counts.items()}
    agreeing = sum(weights[org] * agree / models for org, (agree, models) in counts.items())
    agree, models = (sum(cell[i] for cell in counts.values()) for i in (0, 1))
    return (
        f'{token} = {{ language = "{language}", orgs = {len(counts)},'
        f" share = {agreeing / sum(weights.values()):.2f}, agree = {agree}, models = {models} }}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
