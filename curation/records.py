"""The frozen types that walk through the house.

They are the source of truth: ``schemas/*.schema.json`` is generated from them, with the
enums of the vocabularies put in. Times are RFC 3339 in UTC (``2026-11-20T23:41:40Z``), sizes
are bytes, hashes are ``sha256:`` and 64 hex digits, confidences are probabilities.
"""

from __future__ import annotations

from typing import Literal

import msgspec

SCHEMA_VERSION = 1

State = Literal["known", "unknown", "conflicting"]
Origin = Literal["rules", "derived", "override"]
Severity = Literal["error", "warning", "note"]
#: What differs between two states of a catalog, and what happened to a decision.
ChangeKind = Literal[
    "added",
    "removed",
    "renamed",
    "fact",
    "tag",
    "decision",
    "pin",
    "rule",
    "setting",
    "tombstone",
    "waiver",
    "rejection",
    "popularity",
]
Event = Literal["made", "changed", "withdrawn", "met", "stale"]
#: Where a size stands: headers of the weights, sizes of the files, the model's name.
Source = Literal["weights", "files", "name"]

#: Facets that rules infer, in the order in which they are shown.
INFERRED = ("task", "subtask", "domains", "languages", "platforms", "derivation")
#: The eight facets of the annotation guide, under its names.
GOLD = ("scope", "kinds", *INFERRED)
#: All facets of a record. What is not inferred follows from what is.
FACETS = (*GOLD, "specialization", "size_tier")
#: Facets with at most one value.
SINGLE = frozenset({"scope", "task", "subtask", "size_tier"})


class _Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class File(_Frozen, frozen=True, kw_only=True):
    """One file of a repository; ``size`` in bytes, null where the Hub did not say."""

    path: str
    size: int | None = None


class BaseModel(_Frozen, frozen=True, kw_only=True):
    """A model that this one was made from, and how (null: not stated)."""

    id: str
    relation: Literal["finetune", "adapter", "merge", "quantized"] | None = None


class Result(_Frozen, frozen=True, kw_only=True):
    """An evaluation result as the card declares it; never compared across datasets."""

    task: str
    dataset: str
    metric: str
    value: float | str
    split: str | None = None


class Facts(_Frozen, frozen=True, kw_only=True):
    """What the Hub said of one model at one revision. Null means: not stated.

    ``source`` names the answer (an endpoint, a dump), ``revision`` is the commit's
    40-character sha (null while unsynced), ``read_at`` the time it was first read.
    ``tags`` are the Hub's own, as served and sorted. ``parameters`` counts by dtype.
    """

    source: str | None = None
    revision: str | None = None
    read_at: str | None = None
    task: str | None = None
    library: str | None = None
    license: str | None = None
    languages: tuple[str, ...] = ()
    base_models: tuple[BaseModel, ...] = ()
    datasets: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    model_type: str | None = None
    architectures: tuple[str, ...] = ()
    quantization: str | None = None
    parameters: dict[str, int] = {}
    parameters_total: int | None = None
    bytes_total: int | None = None
    files: tuple[File, ...] = ()
    gated: Literal["auto", "manual"] | bool | None = None
    private: bool | None = None
    created: str | None = None
    modified: str | None = None


class Evidence(_Frozen, frozen=True, kw_only=True):
    """Why a rule fired: in which signal, at which card line, on which of its terms.

    ``weight`` is in log-odds: positive supports the value, negative opposes it.
    """

    rule: str
    signal: str
    term: str
    line: int | None = None
    weight: float


class Tag(_Frozen, frozen=True, kw_only=True):
    """One value of one facet, its probability, and what speaks for and against it."""

    value: str
    confidence: float
    review: bool = False
    evidence: tuple[Evidence, ...] = ()


class FacetTags(_Frozen, frozen=True, kw_only=True):
    """A facet's values. ``rivals`` were not chosen, though something spoke for them."""

    state: State = "unknown"
    origin: Origin = "rules"
    values: tuple[Tag, ...] = ()
    rivals: tuple[Tag, ...] = ()


class Size(_Frozen, frozen=True, kw_only=True):
    """How large a model is, and where it stands; bytes of the smallest complete set of weights."""

    parameters: int | None = None
    parameters_source: Source | None = None
    bytes: int | None = None
    bytes_source: Source | None = None


class Tags(_Frozen, frozen=True, kw_only=True):
    """All facets of one model (see the annotation guide for their meaning)."""

    scope: FacetTags = FacetTags()
    kinds: FacetTags = FacetTags()
    task: FacetTags = FacetTags()
    subtask: FacetTags = FacetTags()
    domains: FacetTags = FacetTags()
    languages: FacetTags = FacetTags()
    platforms: FacetTags = FacetTags()
    derivation: FacetTags = FacetTags()
    specialization: FacetTags = FacetTags()
    size_tier: FacetTags = FacetTags()
    size: Size = Size()


class Inputs(_Frozen, frozen=True, kw_only=True):
    """Hashes of what the tags were computed from: equal inputs, equal tags."""

    facts: str | None = None
    card: str | None = None
    packs: str | None = None
    override: str | None = None


class Record(_Frozen, frozen=True, kw_only=True):
    """Facts and effective tags of one model: one JSON file of the catalog."""

    schema_version: int = SCHEMA_VERSION
    id: str
    aliases: tuple[str, ...] = ()
    facts: Facts = Facts()
    tags: Tags = Tags()
    inputs: Inputs = Inputs()


class Decision(_Frozen, frozen=True, kw_only=True):
    """A person's decision on one facet (all its values) or one fact of one model.

    ``value`` is a list for facets with several values; ``judged`` hashes the evidence that
    was on the table. ``confirms`` accepts what was inferred.
    """

    value: str | int | tuple[str, ...] | None
    reason: str
    by: str
    on: str
    expires: str | None = None
    judged: str | None = None
    confirms: bool = False


class Override(_Frozen, frozen=True, kw_only=True):
    """All decisions on one model; corrections of facts are kept apart from tags."""

    tags: dict[str, Decision] = {}
    facts: dict[str, Decision] = {}


class Finding(_Frozen, frozen=True, kw_only=True):
    """One thing that a check holds against a file of the catalog; ``line`` counts from 1."""

    code: str
    severity: Severity
    path: str
    line: int | None = None
    pointer: str | None = None
    message: str
    fix: str | None = None


class Change(_Frozen, frozen=True, kw_only=True):
    """One semantic difference between two states of a catalog.

    ``field`` is a pointer below the record (``tags.languages``, ``facts.license``), ``cause``
    the rule or input that moved it, ``event`` what happened to a decision. ``id`` names the
    model, or else the pack, the rule, the setting, the path or the table that differs.
    """

    kind: ChangeKind
    id: str
    field: str | None = None
    old: object = None
    new: object = None
    cause: str | None = None
    event: Event | None = None
