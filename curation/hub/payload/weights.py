"""How many bytes a model's weights take, where the file list says it without doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curation.records import File

#: Formats in order of preference: the first that a repository has is the one that counts.
_FORMATS = (
    (".safetensors",),
    (".bin", ".pt", ".pth"),
    (".gguf", ".onnx", ".tflite", ".h5", ".msgpack", ".ckpt", ".nemo", ".mlmodel"),
)
#: Files with a weight's suffix that hold no weights.
_NO_WEIGHTS = re.compile(r"(?:^|/)(?:training_args|optimizer|scheduler|scaler|rng_state)[^/]*$")
_SHARD = re.compile(r"-\d{5}-of-(\d{5})(?=\.)")


def bytes_total(files: Sequence[File]) -> int | None:
    """Bytes of the one complete set of weights in the preferred format, or None.

    A set is one file, or all shards of one. None if there are no weights, if the size of any
    weight file is unknown, if a shard is missing, or if the preferred format holds several sets:
    they may be alternatives (one file per precision) or parts (one per component), and
    names alone do not tell.
    """
    if all(file.size is None for file in files):
        return None
    weights = [file for file in files if _rank(file.path) is not None]
    if not weights or any(file.size is None for file in weights):
        return None
    best = min(_rank(file.path) or 0 for file in weights)
    chosen = [file for file in weights if _rank(file.path) == best]
    if len({_SHARD.sub("", file.path) for file in chosen}) > 1 or not _complete(chosen):
        return None
    return sum(file.size or 0 for file in chosen)


def _rank(path: str) -> int | None:
    if _NO_WEIGHTS.search(path):
        return None
    name = path.lower()
    return next((rank for rank, ends in enumerate(_FORMATS) if name.endswith(ends)), None)


def _complete(chosen: Sequence[File]) -> bool:
    counts = [_SHARD.search(file.path) for file in chosen]
    wanted = int(counts[0].group(1)) if counts[0] else 1
    return len(chosen) == wanted
