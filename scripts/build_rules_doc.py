"""Write ``docs/rules.md`` from the packs; with --check only say whether it has drifted."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from curation import packs, terms
from curation.rules import Pack
from curation.tagging.rulebook import target

TARGET = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

HEAD = """# What the rules know

Every pack is a TOML file in `curation/packs/rules/`. A term is a word, a phrase or an id that a
rule looks for; terms that a rule takes from a vocabulary are counted where it uses them.
`curate rules stats` measures what each rule is worth on annotated models. Written by
`scripts/build_rules_doc.py`; do not edit.

| pack | what it knows | rules | terms | facets | from where |
| --- | --- | ---: | ---: | --- | --- |
"""


def page() -> str:
    """The page, as the packs have it."""
    return HEAD + "".join(row(pack) + "\n" for pack in packs.stock())


def row(pack: Pack) -> str:
    """One line of the table."""
    entries = [entry for rule in pack.rule for entry in terms.entries(rule)]
    facets = {target(text)[0] for _, targets in entries for text in targets} - {"mark"}
    shown = ", ".join(sorted(facets)) or "-"
    return (
        f"| {pack.name} {pack.version} | {pack.about} | {len(pack.rule)} | {len(entries):,} "
        f"| {shown} | {pack.sources} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 on drift")
    if not parser.parse_args().check:
        TARGET.write_text(page(), encoding="utf-8", newline="\n")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == page():
        return 0
    print(f"docs/{TARGET.name} has drifted; run {sys.argv[0]}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
