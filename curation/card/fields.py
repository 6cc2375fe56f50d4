"""What the Hub's documented front matter fields must look like."""

from __future__ import annotations

import re
from typing import Any

from curation.cards import Flaw
from curation.ids import clip

_TEXT = (str,)
_LIST = (list,)
_TEXT_OR_LIST = (str, list)
#: The types of ``huggingface_hub.ModelCardData``.
EXPECTED: dict[str, tuple[type, ...]] = {
    "base_model": _TEXT_OR_LIST,
    "base_model_relation": _TEXT,
    "datasets": _TEXT_OR_LIST,
    "language": _TEXT_OR_LIST,
    "library_name": _TEXT,
    "license": _TEXT,
    "license_link": _TEXT,
    "license_name": _TEXT,
    "metrics": _LIST,
    "model-index": _LIST,
    "model_name": _TEXT,
    "pipeline_tag": _TEXT,
    "tags": _LIST,
}
_ALL_TEXT = {str}
_NAMES: dict[type, str] = {
    bool: "a boolean",
    dict: "a mapping",
    float: "a number",
    int: "a number",
    list: "a list",
    str: "text",
    type(None): "nothing",
}


def check(values: dict[str, Any], block: str, line: int) -> list[Flaw]:
    """The flaws of known fields; ``block`` starts at the README's ``line``."""
    flaws = []
    for key, value in values.items():
        expected = EXPECTED.get(key)
        if expected is None or value is None:
            continue
        kind = type(value)
        if kind not in expected:
            message = f"{key} is {_NAMES[kind]}, not {_either(expected)}"
            flaws.append(_flaw(key, {kind}, message, block, line))
        elif kind is list and key != "model-index" and {*map(type, value)} - _ALL_TEXT:
            odd = {*map(type, value)} - _ALL_TEXT
            message = f"{key} lists {_either(odd)} where text belongs"
            flaws.append(_flaw(key, odd, message, block, line))
    return flaws


def name_type(value: object) -> str:
    """The kind of a YAML value in plain words."""
    return _NAMES[type(value)]


def quote(key: str) -> str:
    """A key as a message may show it."""
    return ascii(clip(key, 40))


def _either(types: tuple[type, ...] | set[type]) -> str:
    return " or ".join(sorted({_NAMES[kind] for kind in types}))


def _flaw(key: str, odd: set[type], message: str, block: str, line: int) -> Flaw:
    stands = re.search(rf"^['\"]?{key}\b", block, re.MULTILINE)
    at = line + block.count("\n", 0, stands.start()) if stands else line
    if key == "language" and bool in odd:
        return Flaw("language-read-as-boolean", at, f"{message}; quote it")
    return Flaw("wrong-type", at, message)
