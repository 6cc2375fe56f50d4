"""What a release says: models without their evidence, for those who consume them."""

from __future__ import annotations

from typing import Literal

import msgspec

from curation.records import Result, Source, State


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """One model of a release, flat: a facet without a value is null or empty.

    ``specialization`` holds ``kind:value``, ``languages`` BCP-47 codes, ``formats`` the
    formats of the weights (``gguf``, ``onnx``, ``safetensors``); ``parameters`` and ``bytes``
    are null where no source states them. ``confidence`` is the least of a facet's values,
    ``states`` names the facets that are not known, ``corrected`` those that a person decided.
    Unknown fields of later releases are ignored.
    """

    id: str
    aliases: tuple[str, ...] = ()
    scope: str | None = None
    kinds: tuple[str, ...] = ()
    task: str | None = None
    subtask: str | None = None
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    derivation: tuple[str, ...] = ()
    specialization: tuple[str, ...] = ()
    size_tier: str | None = None
    parameters: int | None = None
    parameters_source: Source | None = None
    bytes: int | None = None
    bytes_source: Source | None = None
    license: str | None = None
    gated: Literal["auto", "manual"] | bool | None = None
    library: str | None = None
    base_models: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    confidence: dict[str, float] = {}
    states: dict[str, State] = {}
    corrected: tuple[str, ...] = ()
    revision: str | None = None
    source: str | None = None
    read_at: str | None = None
    downloads: int | None = None
    likes: int | None = None


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """A model that the catalog held once: since when it is gone, why, and what to use instead."""

    id: str
    on: str
    reason: str
    successor: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """``catalog.json``; ``models`` and ``tombstones`` by id."""

    schema_version: int
    version: str
    models: tuple[Model, ...]
    tombstones: tuple[Tombstone, ...] = ()
