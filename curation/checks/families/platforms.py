"""Platforms: a model is made for one only if it comes in a format that runs there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curation.checks import claims
from curation.checks.claims import Claim
from curation.records import Facts, Record


class Format(NamedTuple):
    """What shows that a platform can run a model: ends of file names, libraries."""

    ends: tuple[str, ...]
    libraries: frozenset[str]


FORMATS = {
    "browser": Format(
        (
            ".gguf", ".litertlm", ".onnx", ".ort", ".task", ".tflite", ".wasm", "model.json",
            "mlc-chat-config.json", "ndarray-cache.json", "tensor-cache.json",
        ),
        frozenset({"mlc-llm", "onnx", "tensorflowjs", "tf-js", "tfjs", "transformers.js"}),
    ),
    "desktop": Format(
        (".bin", ".exe", ".ggml", ".gguf", ".llamafile", ".onnx", ".safetensors", ".zip"),
        frozenset({"ggml", "gguf", "llama.cpp", "llamafile"}),
    ),
}  # fmt: skip


_TEXTS = (".md", ".gitattributes", "license")


def of_record(record: Record) -> Iterator[Claim]:
    """Platforms that no file and no library of the model speaks for."""
    tags = record.tags.platforms.values
    for at, tag in enumerate(tags):
        form = FORMATS.get(tag.value)
        if form and _lists_artefacts(record.facts) and not _comes_in(form, record.facts):
            place = ("tags", "platforms", "values", at, "value")
            message = f"said to run on the platform {tag.value}, but no file is in a format for it"
            others = [other.value for other in tags if other != tag]
            what = " ".join(others) or "--nothing"
            fix = f"curate override {record.id} platforms {what} --reason WHY"
            yield claims.of_record(record.id, "CUR247", place, message, fix)


def _lists_artefacts(facts: Facts) -> bool:
    """Whether the file list holds more than the card: a partial list speaks against nothing."""
    return any(not file.path.lower().endswith(_TEXTS) for file in facts.files)


def _comes_in(form: Format, facts: Facts) -> bool:
    if facts.library in form.libraries:
        return True
    return any(file.path.lower().endswith(form.ends) for file in facts.files)
