"""What goes over the wire: a question, an answer, and the answers that say no."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec


@dataclass(frozen=True)
class Ask:
    """One request. ``origin`` is this server's, ``headers`` have names in lower case.

    ``grants`` are the ids that the sender may see beyond the public ones; None if anonymous.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    origin: str
    grants: frozenset[str] | None = None

    @cached_property
    def path(self) -> str:
        """The path, decoded."""
        return unquote(urlsplit(self.target).path)

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """The parameters in order; ``expand[]`` is read as ``expand``."""
        pairs = parse_qsl(urlsplit(self.target).query, keep_blank_values=True)
        return [(name.removesuffix("[]"), value) for name, value in pairs]

    def one(self, name: str) -> str | None:
        """The last value of a parameter, or None."""
        return next((value for key, value in reversed(self.query) if key == name), None)

    def many(self, name: str) -> list[str]:
        """All values of a parameter."""
        return [value for key, value in self.query if key == name]

    def flag(self, name: str) -> bool:
        """Whether a parameter is set and not false."""
        return (self.one(name) or "false").lower() not in ("false", "0")


@dataclass
class Reply:
    """One answer, which a fault may spoil.

    ``cut`` ends the connection after so many bytes of the body (negative: before the status
    line), ``wait`` holds the answer back, ``chunked`` sends it without declaring its length.
    """

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    wait: threading.Event | None = None
    chunked: bool = False


def json_reply(value: Any, status: int = 200) -> Reply:
    """``value`` as JSON."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    return Reply(status, msgspec.json.encode(value), headers)


def refusal(status: int, message: str, code: str | None = None) -> Reply:
    """An error as the Hub words it: a JSON body, and the same in headers."""
    reply = json_reply({"error": message}, status)
    reply.headers["X-Error-Message"] = message
    if code:
        reply.headers["X-Error-Code"] = code
    return reply


def redirect(location: str) -> Reply:
    """A temporary redirect, which keeps the method."""
    body = f"Temporary Redirect. Redirecting to {location}".encode()
    return Reply(307, body, {"Location": location, "Content-Type": "text/plain; charset=utf-8"})
