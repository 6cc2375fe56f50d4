"""How many bytes a model's weights take, where the file list says it without doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from curation.records import File

#: Endings of files that hold weights.
_FORMATS = (
    ".safetensors", ".bin", ".pt", ".pth", ".gguf", ".onnx", ".tflite", ".h5", ".msgpack",
    ".ckpt", ".nemo", ".mlmodel",
)  # fmt: skip
#: Files with such an ending that hold none.
_NO_WEIGHTS = re.compile(r"(?:^|/)(?:training_args|optimizer|scheduler|scaler|rng_state)[^/]*$")
#: Files that are one component of several, and no model without the others.
_PART = re.compile(
    r"(?:^|[/_.-])(?:encoder|decoder|mmproj|vision|projector|vae|unet|tokenizer|embed)(?=[/_.-])",
    re.IGNORECASE,
)
_SHARD = re.compile(r"-\d{5}-of-(\d{5})(?=\.)")
#: Says that the repository is a pipeline of components, each in a folder of its own.
_PIPELINE = "model_index.json"


def bytes_total(files: Sequence[File]) -> int | None:
    """Bytes of the smallest complete set of weights, or None if the list leaves a doubt.

    A set is one file, or all shards of one: a repository often has one per format or precision,
    and any will do. None if there are no weights, if the size of any weight file is unknown, if
    no set is complete, or if the weights are spread over components.
    """
    weights = [file for file in files if _holds_weights(file.path)]
    if any(file.path == _PIPELINE for file in files) or any(f.size is None for f in weights):
        return None
    sets: dict[str, list[File]] = defaultdict(list)
    for file in weights:
        sets[_SHARD.sub("", file.path)].append(file)
    if any(_PART.search(name) for name in sets):
        return None
    return min(map(_bytes, filter(_complete, sets.values())), default=None)


def _holds_weights(path: str) -> bool:
    return path.lower().endswith(_FORMATS) and not _NO_WEIGHTS.search(path)


def _bytes(files: Iterable[File]) -> int:
    return sum(file.size or 0 for file in files)


def _complete(shards: Sequence[File]) -> bool:
    count = _SHARD.search(shards[0].path)
    return len(shards) == (int(count[1]) if count else 1)
