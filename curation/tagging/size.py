"""How large a model is: parameters and bytes, each with the place that states it."""

from __future__ import annotations

from typing import cast

from curation.records import Evidence, FacetTags, Facts, Size, Source, Tag
from curation.sizes import named, tier

#: Bytes of one number; what quantized types pack differently is left out.
_WIDTH = {
    "F64": 8, "I64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2, "I16": 2, "U16": 2,
    "F8_E4M3": 1, "F8_E5M2": 1, "I8": 1, "U8": 1, "BOOL": 1,
}  # fmt: skip


def size(model_id: str, facts: Facts) -> Size:
    """What is stated of a model's size; null where nothing states it.

    Parameters come from the weights' headers, else from the name; bytes from the sizes of the
    smallest complete set of weight files, else from the headers' counts by type.
    """
    stated, counted = facts.parameters_total, named(model_id)
    packed = _packed(facts.parameters)
    return Size(
        parameters=counted if stated is None else stated,
        parameters_source=_first(weights=stated, name=counted),
        bytes=packed if facts.bytes_total is None else facts.bytes_total,
        bytes_source=_first(files=facts.bytes_total, weights=packed),
    )


def _first(**found: int | None) -> Source | None:
    """The name of the first source that states something."""
    return next((cast(Source, name) for name, value in found.items() if value is not None), None)


def size_tier(found: Size) -> FacetTags:
    """The size tier where bytes are stated; otherwise unknown, never guessed."""
    if found.bytes is None:
        return FacetTags(origin="derived")
    source = found.bytes_source or ""
    evidence = Evidence(rule="size.bytes", signal=source, term=str(found.bytes), weight=0.0)
    tag = Tag(value=tier(found.bytes), confidence=1.0, evidence=(evidence,))
    return FacetTags(state="known", origin="derived", values=(tag,))


def _packed(parameters: dict[str, int]) -> int | None:
    """Bytes of parameters that are counted by type, unless a type's width is not known."""
    if not parameters or not parameters.keys() <= _WIDTH.keys():
        return None
    return sum(count * _WIDTH[dtype] for dtype, count in parameters.items())
