"""``advisor/models.json``: the models in AI Model Advisor's own format, under its data rules.

Sizes are in MB of 10^6 bytes; tiers and scores are bounds on them. Where only a count of parameters
is stated, the size is what they take at the widest in use, 4 bytes each, and the description says
so; buffers beside them are not counted. ``accuracy`` is null: what cards declare is measured on
different datasets, and a number without one ranks nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec
from msgspec import UNSET, UnsetType

from curation.model import Model
from curation.published import (
    Advisor,
    Entry,
    Impact,
    LeftOut,
    Runtime,
    Runtimes,
    Score,
    Selection,
    Tier,
)
from curation.sizes import tier
from curation.vocabulary import load

_MB = 1_000_000
#: Bytes of a parameter at its widest in use, float32.
_WIDEST = 4
_CATEGORIES = {
    "image-classification": ("computer_vision", "image_classification"),
    "object-detection": ("computer_vision", "object_detection"),
    "text-classification": ("natural_language_processing", "text_classification"),
    "text-generation": ("natural_language_processing", "text_generation"),
    "zero-shot-classification": ("natural_language_processing", "text_classification"),
    "feature-extraction": ("natural_language_processing", "embedding"),
    "sentence-similarity": ("natural_language_processing", "embedding"),
    "question-answering": ("natural_language_processing", "question_answering"),
    "automatic-speech-recognition": ("speech_processing", "speech_recognition"),
    "voice-activity-detection": ("speech_processing", "speech_recognition"),
    "text-to-speech": ("speech_processing", "text_to_speech"),
    "time-series-forecasting": ("time_series", "forecasting"),
}
#: Uses that Advisor lists apart from their task, by what makes them one.
_APART = {
    "sentiment-analysis": ("natural_language_processing", "sentiment_analysis"),
    "code": ("natural_language_processing", "code_assistant"),
}
#: All categories and uses of Advisor, whose readers look each of them up; no task of ours is the
#: last one.
_ALL = (*_CATEGORIES.values(), *_APART.values(), ("time_series", "anomaly_detection"))
#: The order in which the one specialization of a row is chosen: the most surprising first.
_NARROWEST = ("language", "domain", "task")
_FORMATS = {
    "flax": "JAX", "onnx": "ONNX", "pytorch": "PyTorch", "safetensors": "PyTorch",
    "tensorflow": "TensorFlow", "tflite": "TensorFlow Lite", "gguf": "GGUF", "coreml": "Core ML",
}  # fmt: skip
_LIBRARIES = {
    "timm": "PyTorch",
    "transformers": "Transformers",
    "transformers.js": "Transformers.js",
}
_IN_BROWSERS = "Transformers.js"
#: Most MB of a tier, its score, and of each score.
_TIERS: dict[str, tuple[int | None, int]] = {
    "lightweight": (500, 1),
    "standard": (4000, 2),
    "advanced": (20000, 3),
    "xlarge": (None, 3),
}
_SCORES = {"1": ("Low", "≤ 500 MB"), "2": ("Medium", "≤ 4 GB"), "3": ("High", "> 4 GB")}


def files(models: Iterable[Model], today: str | None) -> dict[str, bytes]:
    """Path: content of the export; ``today`` is the date of the catalog's commit, if it has one."""
    held = list(models)
    read = sorted(one.read_at[:10] for one in held if one.read_at)
    date = today or (read[-1] if read else "")
    reasons = {one.id: _reason(one) for one in held}
    rows = [one for one in held if not reasons[one.id]]
    bounded = tuple(one.id for one in rows if one.bytes is None)
    left = LeftOut(left_out={i: why for i, why in reasons.items() if why}, bounded=bounded)
    return {
        "advisor/models.json": _json(_document(rows, date)),
        "advisor/left-out.json": _json(left),
    }


def _json(document: Advisor | LeftOut) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _reason(model: Model) -> str:
    """Why ``model`` has no row, all that it lacks; '' if it has one."""
    if model.task not in _CATEGORIES:
        return f"no category for the task {model.task}" if model.task else "its task is not known"
    lacks = {"size": _bytes(model) is None, "framework": not _frameworks(model)}
    missing = [what for what, lacking in lacks.items() if lacking]
    return f"no source states its {' and '.join(missing)}" if missing else ""


def _bytes(model: Model) -> int | None:
    if model.bytes is not None:
        return model.bytes
    if model.parameters is None or "quantized" in model.derivation:
        return None
    return model.parameters * _WIDEST


def _document(models: Iterable[Model], date: str) -> Advisor:
    listed: dict[str, dict[str, dict[str, list[Entry]]]] = {}
    for category, use in _ALL:
        listed.setdefault(category, {})[use] = {}
    for model in sorted(models, key=lambda model: _bytes(model) or 0):  # the tiers in their order
        size = _bytes(model) or 0
        category, use = _use(model)
        listed[category][use].setdefault(tier(size), []).append(_entry(model, size, date))
    return Advisor(
        last_updated=date,
        tiers={name: _tier(name, at) for at, name in enumerate(_TIERS, 1)},
        models=listed,
        environmental_impact=Impact(
            scoring_criteria={number: _score(*told) for number, told in _SCORES.items()},
            methodology="The size of the weights alone.",
            caveat="A rank, and no measurement.",
        ),
        selection_rules=Selection(default_tier_priority=tuple(_TIERS)),
    )


def _tier(name: str, at: int) -> Tier:
    most, score = _TIERS[name]
    return Tier(
        label="Extra large" if name == "xlarge" else name.capitalize(),
        description=f"Weights of up to {most:,} MB" if most else "Larger weights than all others",
        priority=at,
        max_size_mb=most,
        environmental_score=score,
    )


def _score(label: str, bound: str) -> Score:
    described = f"Weights of {bound}"
    return Score(label=f"{label} impact", description=described, size_threshold=bound)


def _use(model: Model) -> tuple[str, str]:
    """The category of a model: of its task, or of what Advisor lists apart from it."""
    if model.task == "text-classification" and model.subtask in _APART:
        return _APART[model.subtask]
    if model.task == "text-generation" and "code" in model.domains:
        return _APART["code"]
    return _CATEGORIES[model.task or ""]


def _entry(model: Model, size: int, date: str) -> Entry:
    frameworks = _frameworks(model)
    where = _deployment(model, size, frameworks)
    runtime = Runtime(framework="transformers.js", backend=("wasm",), tested=False)
    return Entry(
        id=model.id.replace("/", "_"),
        name=model.id.rpartition("/")[2].replace("-", " ").replace("_", " ").title(),
        hugging_face_id=model.id,
        description=_description(model),
        # Up, so that what is just over the bound of a tier is shown over it, and nothing as 0.
        size_mb=math.ceil(size * 10 / _MB) / 10,
        accuracy=None,
        environmental_score=_TIERS[tier(size)][1],
        specialization=_narrowest(model),
        deployment_options=where,
        frameworks=frameworks,
        last_updated=model.read_at[:10] if model.read_at else date,
        runtime=Runtimes(browser=runtime) if "browser" in where else UNSET,
    )


def _description(model: Model) -> str:
    """What it is for, in the labels of the vocabularies, and what its size rests on."""
    named = [("tasks", (model.task,)), ("subtasks", (model.subtask,)), ("domains", model.domains)]
    labels = [load(name).values[slug].label for name, slugs in named for slug in slugs if slug]
    tongues = [s.partition(":")[2] for s in model.specialization if s.startswith("language:")]
    words = [*labels, *(tongue.replace("-", " ").title() for tongue in tongues)]
    return ", ".join(words) + (" only" if tongues else "") + _estimate(model)


def _estimate(model: Model) -> str:
    """What a size rests on that no source states in bytes."""
    if model.bytes is not None:
        return ""
    source = " by its name" if model.parameters_source == "name" else ""
    return f"; {model.parameters:,} parameters{source}, of {_WIDEST} bytes at most"


def _narrowest(model: Model) -> str | UnsetType:
    found = {text.partition(":")[0]: text for text in reversed(model.specialization)}
    return next((found[kind] for kind in _NARROWEST if kind in found), UNSET)


def _frameworks(model: Model) -> tuple[str, ...]:
    by_format = [_FORMATS[name] for name in model.formats if name in _FORMATS]
    by_library = [_LIBRARIES[model.library]] if model.library in _LIBRARIES else []
    return tuple(dict.fromkeys([*by_format, *by_library]))


def _deployment(model: Model, size: int, frameworks: tuple[str, ...]) -> tuple[str, ...]:
    """Any model runs on a server; what is smaller, or made for a target, elsewhere, too."""
    small = tier(size) == "lightweight"
    where = {
        "browser": "browser" in model.platforms and _IN_BROWSERS in frameworks,
        "mobile": "mobile" in model.platforms,
        "edge": small or "edge" in model.platforms,
        "cloud": True,
        "server": True,
    }
    return tuple(name for name, runs in where.items() if runs)
