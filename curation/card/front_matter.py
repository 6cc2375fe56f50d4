"""The YAML block at a card's head: found as the Hub finds it, and never guessed at."""

from __future__ import annotations

import re
from typing import Any

from curation.card import fields, yaml_reader
from curation.card.yaml_faults import BrokenYamlError, Duplicate
from curation.cards import Flaw

_OPEN = re.compile(r"\s*(-{3,})[ \t]*\n")
_CLOSE = re.compile(r"\n---[ \t]*(?=\n|\Z)")
_KNOWN_KEY = re.compile(rf"\s*(?:{'|'.join(fields.EXPECTED)}|thumbnail|widget):")
# Of an unclosed block, the lines that can only be YAML: keys, items, blanks, a misplaced end.
_YAML_LINES = re.compile(
    r"(?:[ \t]*+(?:[\w.-]+:(?:[ \t][^\n]*)?+|-[ \t][^\n]*+|-{3,}[ \t]*+)?+\n)*+"
)
_TAB = re.compile(r"^[ \t-]*\t|:[ ]*\t", re.MULTILINE)

#: The front matter's mapping ({} if none or unreadable), where the body starts, and flaws.
Front = tuple[dict[str, Any], int, list[Flaw]]


def read(text: str) -> Front:
    """Split the front matter off ``text``, whose newlines are ``\\n``."""
    if text.startswith("---\n"):
        start, line = 4, 2
    else:
        opening = _OPEN.match(text)
        if opening is None:
            return {}, 0, []
        start, line = opening.end(), 1 + opening[0].count("\n")
        if len(opening[1]) > 3:
            return _misspelt(text, start, line - 1)
    close = _CLOSE.search(text, start - 1)
    if close is None:
        return _unclosed(text, start, line - 1)
    values, flaws = _load(text[start : close.start()], line)
    return values, min(close.end() + 1, len(text)), flaws


def _misspelt(text: str, start: int, line: int) -> Front:
    if not _KNOWN_KEY.match(text, start):
        return {}, 0, []
    flaw = Flaw("front-matter-broken", line, "opened with more than three dashes")
    return {}, _after_yaml(text, start), [flaw]


def _unclosed(text: str, start: int, line: int) -> Front:
    flaw = Flaw("front-matter-unclosed", line, "opened with '---' but never closed")
    return {}, _after_yaml(text, start), [flaw]


def _after_yaml(text: str, start: int) -> int:
    lines = _YAML_LINES.match(text + "\n", start)
    return min(lines.end(), len(text)) if lines else start


def _load(block: str, line: int) -> tuple[dict[str, Any], list[Flaw]]:
    """``block`` starts at the README's ``line``."""
    flaws = _tabs(block, line) if "\t" in block else []
    try:
        values, duplicates = yaml_reader.load(block)
    except BrokenYamlError as error:
        at = line - 1 + error.line
        return {}, [*flaws, Flaw("front-matter-broken", at, f"not YAML: {error}")]
    flaws += [_duplicate(twice, line) for twice in duplicates]
    if values is None:
        return {}, flaws
    if not isinstance(values, dict):
        message = f"{fields.name_type(values)} instead of a mapping of keys to values"
        return {}, [*flaws, Flaw("front-matter-not-a-mapping", line, message)]
    return values, flaws + fields.check(values, block, line)


def _tabs(block: str, line: int) -> list[Flaw]:
    tab = _TAB.search(block)
    if tab is None:
        return []
    at = line + block.count("\n", 0, tab.end())
    return [Flaw("tab", at, "a tab where YAML wants spaces")]


def _duplicate(twice: Duplicate, line: int) -> Flaw:
    outcome = "with one value" if twice.kept else "with different values: none is used"
    message = f"the key {fields.quote(twice.key)} stands twice, {outcome}"
    return Flaw("duplicate-key", line - 1 + twice.line, message)
