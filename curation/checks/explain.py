"""Say in words why a value does not fit its schema."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from curation import patterns
from curation.checks.codes import MOST
from curation.ids import clip

Path = tuple[str | int, ...]
#: A ``jsonschema.ValidationError``; to the type checker each of its fields may be unset.
Error = Any

_FORMS = {
    patterns.CODE: "a code such as CUR105",
    patterns.DATE: "a date such as 2026-11-20",
    patterns.HASH: "'sha256:' and 64 hex digits",
    patterns.LANGUAGE: "a BCP 47 code such as pt or pt-BR",
    patterns.MODEL_ID: "a model id, ORG/NAME or NAME",
    patterns.REVISION: "a commit of 40 hex digits",
    patterns.SLUG: "lower-case words joined by '-'",
    patterns.SPECIALIZATION: "a kind and a value such as language:russian",
    patterns.TIME: "a time in UTC such as 2026-11-20T23:41:40Z",
    patterns.VERSION: "a version such as 1.2.0",
}
_NAMES = {dict: "a table", list: "a list", str: "text", bool: "a boolean", int: "a whole number"}
_TYPES = {
    "array": "a list",
    "boolean": "a boolean",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "a table",
    "string": "text",
}


def misfits(schema: Any, value: Any) -> list[tuple[Path, str]]:
    """The place and the words of each misfit, at most MOST, each once."""
    told = (
        told for error in Draft202012Validator(schema).iter_errors(value) for told in tell(error)
    )
    return list(dict.fromkeys(islice(told, MOST)))


def tell(error: Error) -> Iterator[tuple[Path, str]]:
    """One misfit as place and words; several for unknown keys, each at its own place."""
    error = best_match([error]) or error
    place: Path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for key in sorted(set(error.instance) - set(known)):
            yield (*place, key), f"unknown key {_shown(key)}{_close(key, known)}"
        return
    words = _WORDS.get(str(error.validator))
    yield place, words(error) if words else clip(error.message, 200)


def _type(error: Error) -> str:
    wanted = error.validator_value
    names = [_TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    return f"expected {' or '.join(names)}, got {_got(error.instance)}"


def _enum(error: Error) -> str:
    values = [str(value) for value in error.validator_value]
    close = _close(str(error.instance), values)
    few = f"; expected one of {', '.join(values)}" if len(values) <= 12 and not close else ""
    return f"{_shown(error.instance)} is not in the vocabulary{close or few}"


def _pattern(error: Error) -> str:
    form = _FORMS.get(error.validator_value, f"of the form {error.validator_value}")
    return f"expected {form}, got {_shown(error.instance)}"


def _required(error: Error) -> str:
    missing = [key for key in error.validator_value if key not in error.instance]
    return f"missing {'key' if len(missing) == 1 else 'keys'} {', '.join(missing)}"


def _most_items(error: Error) -> str:
    most = error.validator_value
    wanted = f"at most {most} values" if most else "no value"
    return f"expected {wanted}, got {len(error.instance)}"


def _bound(words: str) -> Callable[[Error], str]:
    return lambda error: f"expected {words} {error.validator_value}, got {_shown(error.instance)}"


_WORDS: dict[str, Callable[[Error], str]] = {
    "const": _bound("the value"),
    "enum": _enum,
    "maxItems": _most_items,
    "maxLength": lambda error: f"expected at most {error.validator_value} characters",
    "maximum": _bound("at most"),
    "minItems": lambda error: f"expected at least {error.validator_value} values",
    "minLength": lambda _: "is empty",
    "minimum": _bound("at least"),
    "pattern": _pattern,
    "required": _required,
    "type": _type,
    "uniqueItems": lambda _: "has a value twice",
}


def _got(value: Any) -> str:
    if isinstance(value, dict | list):
        return _NAMES[type(value)]
    name = f"{_NAMES[type(value)]} " if type(value) in _NAMES else ""
    return f"{name}{_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return _NAMES[type(value)]
    if isinstance(value, str):
        value = clip(value)
    return clip(json.dumps(value, ensure_ascii=False))


def _close(word: str, known: Any) -> str:
    close = difflib.get_close_matches(word[:80], list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
