"""Whether changes may merge without a person, and why: the shape of ``curate policy --json``."""

from __future__ import annotations

from typing import Literal

import msgspec

VERDICT_VERSION = 1

#: How risky the riskiest change is: high down to doubt, no where all of it is routine.
Level = Literal["high", "some", "no"]


class _Frozen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Clause(_Frozen, frozen=True, kw_only=True):
    """One clause: its name, whether it is met, why, and all that it is about.

    ``ids`` are models, but paths of ``files`` and findings of ``gates``. ``allowed`` says that
    there are some, and that the settings let them through.
    """

    name: str
    met: bool
    reason: str
    allowed: bool = False
    ids: tuple[str, ...] = ()


class Verdict(_Frozen, frozen=True, kw_only=True):
    """``met`` says that ``head`` may merge without a person, by the policy that ``base`` has.

    ``gates`` says which files the gates looked at.
    """

    schema_version: int = VERDICT_VERSION
    base: str
    head: str
    gates: str
    met: bool
    risk: Level
    clauses: tuple[Clause, ...]
