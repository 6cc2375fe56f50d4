"""Sizes: the name, the bytes and the tier tell one story."""

from __future__ import annotations

from collections.abc import Iterator

from curation import sizes
from curation.checks import claims
from curation.checks.claims import Claim
from curation.records import Record

#: Bytes of one parameter: below one bit a number, beyond two doubles.
_LEAST, _MOST = 0.1, 16
#: Names round, and leave out embeddings; experts share parameters.
_FACTOR = 3


def of_record(record: Record) -> Iterator[Claim]:
    """A tier that is not that of the bytes; a name that the bytes or the weights deny."""
    size = record.tags.size.bytes
    if size is not None:
        yield from _tier(record, size)
    named = sizes.named(record.id)
    if named and not _is_adapter(record):
        yield from _named(record, named)


def _tier(record: Record, size: int) -> Iterator[Claim]:
    found = [tag.value for tag in record.tags.size_tier.values]
    if found != [sizes.tier(size)]:
        message = f"{size:,} bytes are {sizes.tier(size)}, not {found[0] if found else 'unknown'}"
        yield claims.of_record(record.id, "CUR216", ("tags", "size_tier"), message)


def _named(record: Record, named: int) -> Iterator[Claim]:
    # An override corrects the size in the tags, not the fact.
    size = record.tags.size.bytes
    size = record.facts.bytes_total if size is None else size
    if size is not None and not _LEAST <= size / named <= _MOST:
        message = f"the name says {named:,} parameters, but the weights have {size:,} bytes"
        yield claims.of_record(record.id, "CUR245", ("facts", "bytes_total"), message)
    counted = record.facts.parameters_total
    if counted and not record.facts.quantization and not 1 / _FACTOR <= counted / named <= _FACTOR:
        message = f"the name says {named:,} parameters, the weights have {counted:,}"
        yield claims.of_record(record.id, "CUR246", ("facts", "parameters_total"), message)


def _is_adapter(record: Record) -> bool:
    """Whether the name may speak of a model that this one only adds to."""
    related = any(base.relation == "adapter" for base in record.facts.base_models)
    derived = any(tag.value == "adapter" for tag in record.tags.derivation.values)
    return related or derived or record.facts.library in ("adapter-transformers", "peft")
