"""What became of one model, whoever was asked for it: a Hub or a dump."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import replace

from curation.errors import (
    CurateError,
    GatedError,
    HubError,
    IdError,
    NotFoundError,
    UnreachableError,
    UntrustedError,
)
from curation.hub.client import Answer
from curation.records import Facts

State = Literal["refreshed", "unchanged", "renamed", "skipped", "failed"]


class _PrivateError(HubError):
    """The token sees a private model."""


#: What lasts until somebody acts, and so is written down: the first that fits.
_LASTING: tuple[tuple[type[CurateError], str], ...] = (
    (_PrivateError, "private"),
    (UnreachableError, "unreachable"),
    (NotFoundError, "missing"),
    (GatedError, "gated"),
    (UntrustedError, "untrusted"),
    (IdError, "refused"),
)


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one model.

    ``id`` is the catalog's, ``answer`` is absent where it failed or was skipped; its facts are
    dated as they belong into the record. ``card`` is there if the revision is new and has one.
    ``reason`` and ``hint`` say why it failed, or what is missing from the answer; ``trouble``
    names a failure that will last: unreachable, missing, gated, private, untrusted, refused.
    """

    id: str
    state: State
    answer: Answer | None = None
    card: str | None = None
    reason: str | None = None
    hint: str | None = None
    trouble: str | None = None


def failed(model_id: str, error: CurateError, reason: str | None = None) -> Outcome:
    """The outcome of ``error``; a ``reason`` of its own says that it was not the model's fault."""
    trouble = next((name for kind, name in _LASTING if isinstance(error, kind)), None)
    if reason:
        trouble = None
    return Outcome(
        id=model_id, state="failed", reason=reason or str(error), hint=error.hint, trouble=trouble
    )


def check_open(model_id: str, facts: Facts, allow_gated: bool) -> None:
    """Raise HubError for a private model, and for a gated one without ``allow_gated``."""
    if facts.private:
        raise _PrivateError(
            f"{model_id}: private, so its facts stay out of the catalog",
            hint="take it out of the catalog, or make it public",
        )
    if facts.gated and not allow_gated:
        raise GatedError(
            f"{model_id}: gated, and this catalog takes no gated models",
            hint="set allow_gated = true under [sync] in catalog.toml, if that is what you want",
        )


def filled(said: Facts, old: Facts) -> Facts:
    """``old`` with what a shorter answer on the same revision says; what it is silent on stays.

    Sizes are never in it, and when the revision was first read does not change.
    """
    fields = msgspec.structs.asdict(said)
    for name in ("files", "bytes_total", "source", "read_at"):
        del fields[name]
    return replace(old, **{name: v for name, v in fields.items() if v not in (None, (), {})})


def dated(new: Facts, old: Facts) -> Facts:
    """``new`` with the time and source of ``old`` where they belong to the same revision."""
    if new.revision != old.revision or old.read_at is None:
        return new
    same = replace(new, source=old.source, read_at=old.read_at)
    return old if same == old else replace(new, read_at=old.read_at)
