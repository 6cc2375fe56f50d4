"""YAML as JSON-like values, whoever wrote it: dict, list, str, int, float, bool, None.

YAML 1.2's core schema is read, so ``no`` is Norwegian and a date stays text. ryaml does the
work; what it refuses, or could blow up on, goes through ``yaml_events``.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
import ryaml

from curation.card.yaml_faults import Duplicate

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[^\s*]", re.ASCII)
_LONG = 64 * 1024


def load(source: str) -> tuple[Any, list[Duplicate]]:
    """The value of ``source``, JSON-like, and the keys that stand twice in one mapping.

    Of a key with two different values neither is kept. NaN and infinity are null. Raises
    BrokenYamlError, with the line within ``source``.
    """
    if not _needs_care(source):
        try:
            # To JSON and back makes every key text and every number finite.
            return _decode(_encode(ryaml.loads(source))), []  # type: ignore[attr-defined]
        except (TypeError, ValueError):
            pass  # the careful reader either can, or says why not
    # PyYAML takes longer to import than a thousand cards to read, and few cards need it.
    from curation.card import yaml_events

    return yaml_events.load(source)


def _needs_care(source: str) -> bool:
    """Aliases could make gigabytes of it, or brackets keep ryaml busy for seconds."""
    if "&" in source and "*" in source and _ALIAS.search(source):
        return True
    return len(source) > _LONG and source.count("[") + source.count("{") > len(source) // 16
