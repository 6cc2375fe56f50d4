"""Layer 2: what must be true of a record, and of a catalog as a whole; one module a family.

A check of a record sees one record; what it gives may be kept as long as the file stays as it is. A
check of the catalog sees its ``World``. A new family is one line in a table here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from curation.checks.claims import Claim
from curation.checks.families import (
    access,
    freshness,
    identity,
    inputs,
    languages,
    ledgers,
    licences,
    lineage,
    overrides,
    platforms,
    sizes,
    vocabulary,
)
from curation.checks.world import World
from curation.records import Record

ON_RECORD: tuple[Callable[[Record], Iterator[Claim]], ...] = (
    inputs.of_record,
    languages.of_record,
    platforms.of_record,
    sizes.of_record,
    vocabulary.of_record,
)
ON_CATALOG: tuple[Callable[[World], Iterator[Claim]], ...] = (
    access.of_catalog,
    freshness.of_catalog,
    identity.of_catalog,
    inputs.of_catalog,
    ledgers.of_catalog,
    licences.of_catalog,
    lineage.of_catalog,
    overrides.of_catalog,
)
