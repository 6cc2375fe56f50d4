"""``catalog.toml``: what a catalog is called, which rules it follows, what its owners allow."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from curation import patterns
from curation.errors import InputError
from curation.store import toml, tree

FILE = "catalog.toml"

Ratio = Annotated[float, Meta(ge=0)]
Count = Annotated[int, Meta(ge=0)]


class _Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Query(_Frozen, frozen=True, kw_only=True):
    """One search of the Hub for models to propose."""

    task: str | None = None
    library: str | None = None
    author: str | None = None
    search: str | None = None
    sort: Literal["downloads", "likes", "modified", "created", "trending"] = "downloads"
    limit: Annotated[int, Meta(ge=1, description="How many models to look at.")] = 100
    min_downloads: Count = 0
    exclude: Annotated[
        tuple[str, ...], Meta(description="Ids that are not proposed; '*' stands for any text.")
    ] = ()


class Sync(_Frozen, frozen=True, kw_only=True):
    """Where facts come from, and what may come in."""

    endpoint: Annotated[
        str, Meta(pattern="^https?://[^/?#@]+/?$", description="Origin of the Hub.")
    ] = "https://huggingface.co"
    allow_gated: Annotated[
        bool, Meta(description="Whether gated models may be in the catalog.")
    ] = False
    downloads_ratio: Annotated[
        Ratio, Meta(description="Share by which downloads must move to be written down.")
    ] = 0.1
    likes_ratio: Annotated[
        Ratio, Meta(description="Share by which likes must move to be written down.")
    ] = 0.1
    removal_ratio: Annotated[
        Ratio,
        Meta(description="Share of the models that may vanish in one sync and be believed."),
    ] = 0.1
    queries: tuple[Query, ...] = ()


Share = Annotated[float, Meta(ge=0, le=1)]


class Merge(_Frozen, frozen=True, kw_only=True):
    """What may merge without a person; what is left out is the strictest that a sync can meet.

    No setting lets through findings, or changes of files that people write.
    """

    removals: Annotated[bool, Meta(description="Whether models may go.")] = False
    renames: Annotated[bool, Meta(description="Whether models may get another id.")] = False
    additions: Annotated[bool, Meta(description="Whether models may come.")] = False
    scope: Annotated[bool, Meta(description="Whether the scope of a model may change.")] = False
    license: Annotated[bool, Meta(description="Whether the licence of a model may change.")] = False
    access: Annotated[
        bool, Meta(description="Whether models may become, or come, gated or private, or cease to.")
    ] = False
    conflicts: Annotated[
        bool, Meta(description="Whether facets may become conflicting, and decisions stale.")
    ] = False
    least_confidence: Annotated[
        Share, Meta(description="The least confidence that a new tag may have.")
    ] = 0.75
    most_churn: Annotated[
        Share, Meta(description="The largest share of the models whose tags may change.")
    ] = 0.05


class Policy(_Frozen, frozen=True, kw_only=True):
    """Thresholds of the checks, and of merging."""

    max_checked_days: Annotated[
        int, Meta(ge=1, description="Days after which facts that nobody looked at are stale.")
    ] = 30
    merge: Merge = Merge()


Facet = Literal[
    "scope", "kinds", "task", "subtask", "domains", "languages", "platforms", "derivation",
    "specialization", "size_tier",
]  # fmt: skip
Fact = Literal["license", "library", "task", "revision", "bytes_total", "parameters_total"]


class Audit(_Frozen, frozen=True, kw_only=True):
    """What ``curate audit`` expects of the catalog as a whole; shares are of all models."""

    known: Annotated[
        dict[Facet, Share], Meta(description="Facet: the least share of models that know it.")
    ] = {}
    stated: Annotated[
        dict[Fact, Share], Meta(description="Fact: the least share of models that state it.")
    ] = {}
    least_models: Count = 1
    most_models: Count | None = None
    most_of_one_tier: Annotated[
        Share, Meta(description="The largest share that one size tier may have.")
    ] = 0.9
    most_drift: Annotated[
        Share, Meta(description="How far a share may move from that of the previous release.")
    ] = 0.1


class Settings(_Frozen, frozen=True, kw_only=True):
    """The file ``catalog.toml``."""

    name: Annotated[str, Meta(pattern=patterns.SLUG, description="Name of the catalog.")]
    version: Annotated[
        str, Meta(pattern=patterns.VERSION, description="Version of the next release.")
    ]
    packs: Annotated[
        dict[str, Annotated[str, Meta(pattern=patterns.VERSION)]],
        Meta(description="Stock rule packs in use, each with its pinned version."),
    ] = {}
    taggers: Annotated[
        tuple[str, ...],
        Meta(description="Taggers in Python to use, entry points of the group curation.taggers."),
    ] = ()
    sync: Sync = Sync()
    policy: Policy = Policy()
    audit: Audit = Audit()


def read(catalog: Path) -> Settings:
    """The settings of the catalog in this folder.

    Raises InputError with the file, the line where TOML is broken, or the key that is wrong.
    """
    path = catalog / FILE
    try:
        data = tree.read(path)
    except FileNotFoundError as error:
        raise InputError(f"{path}: missing", hint="run 'curate init' to make one") from error
    return toml.decode(data, Settings, str(path))
