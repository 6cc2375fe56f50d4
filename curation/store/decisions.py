"""What a person may decide about a model, and what that does to its facts."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from curation import ids
from curation.errors import InputError
from curation.records import INFERRED, Decision, Facts, Override
from curation.store import toml
from curation.store.flaws import misfit

#: Facets that can be decided. The others always follow from these.
DECIDABLE = ("kinds", *INFERRED)
#: Facts that can be corrected. Where facts come from, and who may see a model, cannot.
CORRECTABLE = (
    "architectures",
    "bytes_total",
    "datasets",
    "languages",
    "library",
    "license",
    "model_type",
    "parameters_total",
    "quantization",
    "task",
)

#: What stands where a reason should, and is none.
_NO_REASON = frozenset(
    {"", "because", "fix", "fixme", "me", "n a", "na", "no reason", "none", "r", "reason", "tbd"}
    | {"test", "todo", "why", "wrong", "x", "xxx"}
)


def decode(data: bytes, where: str) -> Override:
    """The decisions written in ``where``. Raises InputError naming it and what is wrong."""
    found = toml.decode(data, Override, where)
    _refuse_others(found.tags, DECIDABLE, f"{where}: tags")
    _refuse_others(found.facts, CORRECTABLE, f"{where}: facts")
    try:
        corrected(Facts(), found)
    except msgspec.ValidationError as error:
        raise InputError(f"{where}: facts.{misfit(error)}", hint="see 'curate validate'") from error
    return found


def corrected(facts: Facts, override: Override) -> Facts:
    """``facts`` with the corrections of ``override`` put in.

    TOML has no null, so an empty list stands for it: the decision that something is not stated.
    """
    if not override.facts:
        return facts
    plain = {name: _value(name, decision) for name, decision in override.facts.items()}
    fields = msgspec.structs.asdict(msgspec.convert(plain, Facts))
    return msgspec.structs.replace(facts, **{name: fields[name] for name in plain})


def _value(name: str, decision: Decision) -> Any:
    if decision.value == () and not isinstance(getattr(Facts(), name, None), tuple):
        return None
    return decision.value


def _refuse_others(decided: dict[str, Decision], allowed: tuple[str, ...], where: str) -> None:
    for name in decided:
        if name not in allowed:
            raise InputError(
                f"{where}.{ids.clip(name)}: cannot be decided",
                hint=f"expected one of {', '.join(sorted(allowed))}",
            )


def is_reason(text: str) -> bool:
    """Whether ``text`` could be a reason, and not only stands where one should.

    Nor is it one with bytes that are no text, which Python has as halves of surrogate pairs.
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        return False
    return " ".join(re.findall(r"\w+", text.lower())) not in _NO_REASON
