"""How much a model weighs: the bytes that are stated, or what a stated count allows for."""

from __future__ import annotations

import msgspec

from curation.model import Model

#: Bits of one parameter: the least of quantized weights and of others (8-bit floats), and float32,
#: the most that is usual.
_LEAST_QUANTIZED, _LEAST, _MOST = 1, 8, 32


class Span(msgspec.Struct, frozen=True):
    """Bytes from ``least`` to ``most``; the two are equal where the bytes are stated."""

    least: int
    most: int

    def __str__(self) -> str:
        if self.least == self.most:
            return shown(self.most)
        return f"at most {shown(self.most)}"


def weight(model: Model) -> Span | None:
    """The span of a model's bytes, None where neither bytes nor parameters are stated.

    The bounds of a count of parameters are those of what is shipped: none is a guess at the size.
    """
    if model.bytes is not None:
        return Span(model.bytes, model.bytes)
    if model.parameters is None:
        return None
    least = _LEAST_QUANTIZED if "quantized" in model.derivation else _LEAST
    return Span(model.parameters * least // 8, model.parameters * _MOST // 8)


def shown(count: float) -> str:
    """Bytes for people: ``1.5 GB``, with decimal units."""
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count:.0f} bytes"
