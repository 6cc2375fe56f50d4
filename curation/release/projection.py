"""From a record to what a release says of it."""

from __future__ import annotations

from pathlib import PurePosixPath

from curation.model import Model
from curation.records import FACETS, FacetTags, Facts, Override, Record
from curation.store import decisions
from curation.store.popularity import Popularity

#: Suffix of a file of weights → the name of its format.
FORMATS = {
    ".bin": "pytorch",
    ".engine": "tensorrt",
    ".ggml": "ggml",
    ".gguf": "gguf",
    ".h5": "tensorflow",
    ".mlmodel": "coreml",
    ".mlpackage": "coreml",
    ".msgpack": "flax",
    ".onnx": "onnx",
    ".pt": "pytorch",
    ".pth": "pytorch",
    ".safetensors": "safetensors",
    ".tflite": "tflite",
}
#: Files with such a suffix that hold no weights.
_NO_WEIGHTS = frozenset({"training_args.bin", "optimizer.pt", "scheduler.pt", "rng_state.pth"})


def project(record: Record, override: Override, popularity: Popularity | None) -> Model:
    """What a release says of ``record``; corrected facts stand in the place of the Hub's."""
    facts, tags = decisions.corrected(record.facts, override), record.tags
    facets = {name: getattr(tags, name) for name in FACETS}
    return Model(
        id=record.id,
        aliases=record.aliases,
        scope=_one(tags.scope),
        kinds=_all(tags.kinds),
        task=_one(tags.task),
        subtask=_one(tags.subtask),
        domains=_all(tags.domains),
        languages=_all(tags.languages),
        platforms=_all(tags.platforms),
        derivation=_all(tags.derivation),
        specialization=_all(tags.specialization),
        size_tier=_one(tags.size_tier),
        parameters=tags.size.parameters,
        parameters_source=tags.size.parameters_source,
        bytes=tags.size.bytes,
        bytes_source=tags.size.bytes_source,
        license=facts.license,
        gated=facts.gated,
        library=facts.library,
        base_models=tuple(base.id for base in facts.base_models),
        datasets=facts.datasets,
        formats=formats(facts),
        results=facts.results,
        confidence={name: _least(facet) for name, facet in facets.items() if facet.values},
        states={name: facet.state for name, facet in facets.items() if facet.state != "known"},
        corrected=tuple(sorted({*override.tags, *override.facts})),
        revision=facts.revision,
        source=facts.source,
        read_at=facts.read_at,
        downloads=popularity.downloads if popularity else None,
        likes=popularity.likes if popularity else None,
    )


def formats(facts: Facts) -> tuple[str, ...]:
    """The formats of the weights among the files, by name."""
    paths = (PurePosixPath(file.path) for file in facts.files)
    suffixes = {path.suffix.lower() for path in paths if path.name not in _NO_WEIGHTS}
    return tuple(sorted({FORMATS[suffix] for suffix in suffixes & FORMATS.keys()}))


def _one(facet: FacetTags) -> str | None:
    return facet.values[0].value if facet.values else None


def _all(facet: FacetTags) -> tuple[str, ...]:
    return tuple(tag.value for tag in facet.values)


def _least(facet: FacetTags) -> float:
    return min(tag.confidence for tag in facet.values)
