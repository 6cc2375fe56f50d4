"""Work on the keywords of a schema."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any


def merge(target: dict[str, Any], addition: Mapping[str, Any]) -> None:
    """Put the keywords of ``addition`` into ``target``, deeply where both have an object."""
    for key, value in addition.items():
        if isinstance(value, Mapping) and isinstance(target.get(key), dict):
            merge(target[key], value)
        else:
            target[key] = copy.deepcopy(value)


def flatten(value: dict[str, Any]) -> None:
    """Write a choice as one ``enum``, or as one list of types: its errors read better."""
    choices = value.get("anyOf", [])
    if not choices:
        return
    if any("enum" in choice for choice in choices):
        if all(_items(choice) for choice in choices):
            del value["anyOf"]
            value["enum"] = [item for choice in choices for item in _items(choice)]
    elif all("type" in choice for choice in choices):
        # Keywords speak of one type each, so those of several types can stand together.
        del value["anyOf"]
        for choice in choices:
            value.update(choice)
        value["type"] = [choice["type"] for choice in choices]


def _items(choice: Mapping[str, Any]) -> list[Any]:
    """All values that ``choice`` allows, or none if they cannot be listed."""
    few: dict[str, list[Any]] = {"boolean": [True, False], "null": [None]}
    return few.get(choice.get("type", ""), []) or list(choice.get("enum", []))
