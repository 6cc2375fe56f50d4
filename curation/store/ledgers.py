"""What people wrote down about the catalog: who left, what was declined, what is let be."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from curation import patterns

Id = Annotated[str, Meta(pattern=patterns.MODEL_ID)]
Date = Annotated[str, Meta(pattern=patterns.DATE)]
Text = Annotated[str, Meta(min_length=1)]


class _Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Tombstone(_Frozen, frozen=True, kw_only=True):
    """A model that left the catalog."""

    id: Id
    on: Date
    reason: Text
    successor: Annotated[Id, Meta(description="The model to use instead.")] | None = None


class Tombstones(_Frozen, frozen=True, kw_only=True):
    """The file ``tombstones.toml``."""

    tombstones: tuple[Tombstone, ...] = ()


class Rejection(_Frozen, frozen=True, kw_only=True):
    """A proposal that was declined: a model, or one value of one of its facets."""

    id: Id
    facet: str | None = None
    value: str | None = None
    judged: (
        Annotated[
            str,
            Meta(pattern=patterns.HASH, description="Hash of the evidence that was judged."),
        ]
        | None
    ) = None
    reason: Text
    by: Text
    on: Date


class Rejections(_Frozen, frozen=True, kw_only=True):
    """The file ``rejections.toml``."""

    rejections: tuple[Rejection, ...] = ()


class Waiver(_Frozen, frozen=True, kw_only=True):
    """A finding that is accepted for a while."""

    code: Annotated[str, Meta(pattern=patterns.CODE)]
    path: Annotated[
        str, Meta(min_length=1, description="The file it stands in, from the catalog's folder.")
    ]
    owner: Text
    reason: Text
    expires: Date


class Waivers(_Frozen, frozen=True, kw_only=True):
    """The file ``waivers.toml``."""

    waivers: tuple[Waiver, ...] = ()
