"""Whose token it is, and what it may do."""

from __future__ import annotations

import msgspec

from curation.errors import UntrustedError
from curation.ids import clip


class Account(msgspec.Struct, frozen=True):
    """The owner of a token, and its role: read, write, fineGrained; None if not stated."""

    name: str
    role: str | None


class _Token(msgspec.Struct):
    role: str | None = None


class _Auth(msgspec.Struct):
    token: _Token | None = msgspec.field(name="accessToken", default=None)


class _Whoami(msgspec.Struct):
    name: str
    auth: _Auth | None = None


def account(raw: bytes) -> Account:
    """The account in an answer of ``whoami-v2``. Raises UntrustedError."""
    try:
        said = msgspec.json.decode(raw, type=_Whoami)
    except msgspec.DecodeError as error:
        raise UntrustedError("the token: answered by something else than an account") from error
    token = said.auth.token if said.auth else None
    role = token.role if token else None
    return Account(clip(said.name), clip(role) if role else None)
