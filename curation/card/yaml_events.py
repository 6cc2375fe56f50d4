"""The careful YAML reader: libyaml's events, one at a time, on a stack of our own.

PyYAML's loader recurses in C, so 500 kB of ``[`` kill the process, and its aliases can make
gigabytes of a few hundred bytes. Here depth and aliases are bounded, a mapping's keys are text,
and a key that stands twice is seen.
"""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import Any

from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from curation.card.yaml_faults import BrokenYamlError, Duplicate

MAX_DEPTH = 128
MAX_ALIASED = 64 * 1024
#: Of more keys that stand twice nothing is said.
MAX_DUPLICATES = 20

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN")),
    **dict.fromkeys(sign + inf for sign in ("", "+", "-") for inf in (".inf", ".Inf", ".INF")),
}
#: No tag, or one that leaves it to the scalar's looks.
_TYPED = frozenset(
    {None, *(f"tag:yaml.org,2002:{name}" for name in ("bool", "float", "int", "null"))}
)
_BREAK = re.compile("[\n\x85\u2028\u2029]")
_INT = re.compile(
    r"[-+]?(?:0|[1-9]\d{0,19}|0x[\da-fA-F]{1,16}|0o[0-7]{1,22}|0b[01]{1,64})", re.ASCII
)
_FLOAT = re.compile(
    r"[-+]?(?:\d{1,99}\.\d{0,99}|\.\d{1,99}|\d{1,99}(?=[eE]))(?:[eE][-+]?\d{1,3})?", re.ASCII
)


def load(source: str) -> tuple[Any, list[Duplicate]]:
    """The value of ``source`` and the first keys that stand twice; raises BrokenYamlError."""
    builder = _Builder()
    try:
        parser = CParser(source)
        while (event := parser.get_event()) is not None:
            builder.take(event)
    except MarkedYAMLError as error:
        line = 1 + (error.problem_mark.line if error.problem_mark else 0)
        raise BrokenYamlError(_row(source, line), error.problem or "not YAML") from error
    except ReaderError as error:
        row = 1 + source.count("\n", 0, error.position)
        raise BrokenYamlError(row, error.reason) from error
    except BrokenYamlError as error:
        raise BrokenYamlError(_row(source, error.line), str(error)) from error
    return builder.root, [
        twice._replace(line=_row(source, twice.line)) for twice in builder.duplicates
    ]


def _row(source: str, line: int) -> int:
    """The line as an editor counts, from YAML's, which three more characters break."""
    breaks = [match[0] for match in islice(_BREAK.finditer(source), line - 1)]
    return 1 + breaks.count("\n")


class _Frame:
    """A collection that is still open."""

    __slots__ = ("key", "key_line", "seen", "value")

    def __init__(self, value: list[Any] | dict[str, Any]) -> None:
        self.value = value
        self.key: str | None = None
        self.key_line = 0
        self.seen: set[str] = set()


class _Builder:
    """Takes events, grows one value."""

    def __init__(self) -> None:
        self.root: Any = None
        self.duplicates: list[Duplicate] = []
        self._stack: list[_Frame] = []
        self._anchors: dict[str, Any] = {}
        self._documents = 0
        self._aliased = 0

    def take(self, event: Event) -> None:
        line = 1 + (event.start_mark.line if event.start_mark else 0)
        match event:
            case ScalarEvent():
                self._scalar(event, line)
            case SequenceStartEvent():
                self._open([], event, line)
            case MappingStartEvent():
                self._open({}, event, line)
            case CollectionEndEvent():
                self._put(self._stack.pop().value)
            case AliasEvent():
                self._alias(event.anchor or "", line)
            case DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise BrokenYamlError(line, "a second document starts")

    def _scalar(self, event: ScalarEvent, line: int) -> None:
        value = _resolve(event, line)
        if event.anchor:
            self._anchors[event.anchor] = value
        if self._awaits_key():
            self._name(event.value, line)
        else:
            self._put(value)

    def _open(
        self,
        value: list[Any] | dict[str, Any],
        event: SequenceStartEvent | MappingStartEvent,
        line: int,
    ) -> None:
        _refuse_tag(event.tag, line)
        if self._awaits_key():
            raise BrokenYamlError(line, "a key that is no text")
        if len(self._stack) >= MAX_DEPTH:
            raise BrokenYamlError(line, f"more than {MAX_DEPTH} levels deep")
        if event.anchor:
            self._anchors.pop(event.anchor, None)
        self._stack.append(_Frame(value))

    def _alias(self, name: str, line: int) -> None:
        if name not in self._anchors:
            raise BrokenYamlError(line, "an alias of no single value")
        value = self._anchors[name]
        self._aliased += len(str(value))
        if self._aliased > MAX_ALIASED:
            raise BrokenYamlError(line, "aliases repeat too much")
        if self._awaits_key():
            self._name(str(value), line)
        else:
            self._put(value)

    def _awaits_key(self) -> bool:
        return (
            bool(self._stack)
            and isinstance(self._stack[-1].value, dict)
            and self._stack[-1].key is None
        )

    def _name(self, key: str, line: int) -> None:
        self._stack[-1].key = key
        self._stack[-1].key_line = line

    def _put(self, value: Any) -> None:
        if not self._stack:
            self.root = value
            return
        frame = self._stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        else:
            self._store(frame, frame.value, value)

    def _store(self, frame: _Frame, mapping: dict[str, Any], value: Any) -> None:
        key, frame.key = str(frame.key), None
        if key not in frame.seen:
            frame.seen.add(key)
            mapping[key] = value
            return
        same = key in mapping and repr(mapping[key]) == repr(value)
        if not same:
            mapping.pop(key, None)
        if len(self.duplicates) < MAX_DUPLICATES:
            self.duplicates.append(Duplicate(key, frame.key_line, same))


def _resolve(event: ScalarEvent, line: int) -> Any:
    _refuse_tag(event.tag, line)
    text: str = event.value
    if event.tag not in _TYPED or not (event.implicit[0] or event.tag):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        number = int(text, 0)
        return number if -(2**63) <= number < 2**64 else text
    if _FLOAT.fullmatch(text):
        return float(text) if math.isfinite(float(text)) else text
    return text


def _refuse_tag(tag: str | None, line: int) -> None:
    if tag and tag.startswith("!") and tag != "!":
        raise BrokenYamlError(line, "a tag of no known meaning")
