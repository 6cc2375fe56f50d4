"""How much of the Hub's time and bytes a request may take."""

from __future__ import annotations

from typing import Literal, NamedTuple

#: What a URL asks for. Only ``resolve`` URLs count as resolves in the Hub's quotas.
Kind = Literal["api", "resolvers", "pages"]

_MB = 1_000_000


class Limits(NamedTuple):
    """Bounds of one Hub session: seconds, bytes and counts.

    ``total`` holds for one attempt, from the first byte sent to the last byte read. ``patience``
    is the longest that one request waits for the quota: a whole window and a little more.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 120.0
    patience: float = 320.0
    backoff: tuple[float, ...] = (0.5, 2.0, 8.0)
    card_bytes: int = 2 * _MB
    api_bytes: int = 64 * _MB
    pages: int = 1000
    redirects: int = 5

    def body(self, kind: Kind) -> int:
        """The longest body, decompressed, of an answer of this kind."""
        return self.api_bytes if kind == "api" else self.card_bytes


def kind_of(path: str) -> Kind:
    """What is asked for at ``path`` (below the endpoint)."""
    if "/resolve/" in path or path.startswith("/api/resolve-cache/"):
        return "resolvers"
    return "api" if path.startswith("/api/") else "pages"
