"""What a release's files hold, beside the models themselves."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from curation import __version__

Level = Literal["major", "minor", "patch", "none"]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where facts come from: how many models, and the first and the last time of reading."""

    models: int
    first_read: str | None = None
    last_read: str | None = None


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """What a release was made from.

    ``commit`` and its date are null outside of a git repository. ``sources`` are by the name that
    the facts state, ``revisions`` by id: the commit of the Hub that each model was read at.
    """

    catalog: str
    version: str
    commit: str | None
    committed: str | None
    tool: str = __version__
    packs: dict[str, str]
    sources: dict[str, Origin]
    revisions: dict[str, str]
    unsynced: tuple[str, ...]


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """``changes.json``: what happened to ids since the release before (null: this is the first).

    ``lost`` are gone without an alias or a tombstone. ``tags`` and ``facts`` hold, by id and
    field, the old and the new value. ``breaks`` says what of the schemas breaks their readers,
    ``grown`` where they say more than before.
    """

    previous: str | None = None
    level: Level
    breaks: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: dict[str, str]
    lost: tuple[str, ...]
    tags: dict[str, dict[str, tuple[Any, Any]]]
    facts: dict[str, dict[str, tuple[Any, Any]]]


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """``advisor/left-out.json``: the models that are not in ``models.json``, each with the reason.

    ``bounded`` are in it with what their stated count of parameters takes at 4 bytes each.
    """

    left_out: dict[str, str]
    bounded: tuple[str, ...]


class _Camel(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class Runtime(_Camel, frozen=True, kw_only=True):
    """How a model runs in a browser."""

    framework: str
    backend: tuple[str, ...]
    tested: bool


class Runtimes(_Camel, frozen=True, kw_only=True):
    """Where a model runs beside a server, and how."""

    browser: Runtime


class Entry(_Camel, frozen=True, kw_only=True):
    """One model in ``advisor/models.json``; ``specialization`` and ``runtime`` may be absent."""

    id: str
    name: str
    hugging_face_id: str
    description: str
    size_mb: float = msgspec.field(name="sizeMB")
    accuracy: float | None
    environmental_score: int
    specialization: str | msgspec.UnsetType = msgspec.UNSET
    deployment_options: tuple[str, ...]
    frameworks: tuple[str, ...]
    last_updated: str
    runtime: Runtimes | msgspec.UnsetType = msgspec.UNSET


class Tier(_Camel, frozen=True, kw_only=True):
    """A class of sizes; the largest has no bound."""

    label: str
    description: str
    priority: int
    max_size_mb: int | None = msgspec.field(name="maxSizeMB")
    environmental_score: int


class Score(_Camel, frozen=True, kw_only=True):
    """What a score of AI Model Advisor stands for."""

    label: str
    description: str
    size_threshold: str


class Impact(_Camel, frozen=True, kw_only=True):
    """How the scores are given."""

    scoring_criteria: dict[str, Score]
    methodology: str
    caveat: str


class Selection(_Camel, frozen=True, kw_only=True):
    """How AI Model Advisor chooses."""

    default_tier_priority: tuple[str, ...]
    environmental_weighting: float = 0.4
    accuracy_weighting: float = 0.4
    deployment_weighting: float = 0.2
    max_recommendations: int = 3


class Advisor(_Camel, frozen=True, kw_only=True):
    """``advisor/models.json``; ``models`` by category, use and tier."""

    version: str = "1.0"
    last_updated: str
    tiers: dict[str, Tier]
    models: dict[str, dict[str, dict[str, list[Entry]]]]
    environmental_impact: Impact
    selection_rules: Selection
