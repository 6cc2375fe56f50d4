"""Bodies are read to a bound, whatever their headers declare.

We decompress ourselves: a library's decoder turns one small chunk into as many bytes as the
sender likes before anyone can count them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import msgspec

from curation.errors import UntrustedError

#: What we ask for, and accept.
ENCODINGS = "gzip"

# zlib's largest window, in a gzip wrapping.
_GZIP = 31


def read(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The body in ``chunks``, decompressed.

    Raises UntrustedError past ``limit`` bytes, or when it is packed in a way we did not ask
    for or cannot unpack.
    """
    if encoding in ("", "identity"):
        return _joined(chunks, limit)
    if encoding not in ("gzip", "x-gzip"):
        raise UntrustedError(f"a body packed as {encoding[:20]!a}, which was not asked for")
    return _joined(_unpacked(chunks, limit), limit)


def is_json(body: bytes) -> bool:
    """Whether ``body`` is one whole JSON value: not cut off, not an HTML page."""
    try:
        msgspec.json.decode(body, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _joined(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise UntrustedError(f"a body of more than {limit:,} bytes: not read to its end")
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], limit: int) -> Iterable[bytes]:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            yield unpacker.decompress(chunk, limit + 1)
    except zlib.error as error:
        raise UntrustedError("a body that cannot be unpacked") from error
    if not unpacker.eof:
        raise UntrustedError("a packed body that ends too early")
