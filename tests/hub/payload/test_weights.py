from __future__ import annotations

import pytest

from curation.hub.payload.weights import bytes_total
from curation.records import File


def files(*named: tuple[str, int | None]) -> list[File]:
    return [File(path=path, size=size) for path, size in named]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ([("model.safetensors", 10), ("config.json", 3)], 10),
        ([("model.safetensors", 10), ("pytorch_model.bin", 11)], 10),
        ([("pytorch_model.bin", 11), ("tf_model.h5", 12)], 11),
        ([("model-00001-of-00002.safetensors", 4), ("model-00002-of-00002.safetensors", 5)], 9),
        ([("model-00001-of-00002.safetensors", 1), ("pytorch_model.bin", 11)], 11),
        ([("pytorch_model.bin", 11), ("training_args.bin", 1), ("optimizer.pt", 22)], 11),
        ([("model.Q2_K.gguf", 3), ("model.Q8_0.gguf", 8)], 3),
        ([("model.safetensors", 10), ("onnx/model.onnx", 10), ("onnx/model_quantized.onnx", 4)], 4),
        ([("q4-00001-of-00002.gguf", 3), ("q4-00002-of-00002.gguf", 3), ("q8.gguf", 9)], 6),
    ],
)
def test_the_smallest_complete_set_counts(
    named: list[tuple[str, int | None]], expected: int
) -> None:
    assert bytes_total(files(*named)) == expected


@pytest.mark.parametrize(
    "named",
    [
        [],
        [("README.md", 5)],
        [("model.safetensors", None)],
        [("model.safetensors", 10), ("pytorch_model.bin", None)],
        [("model-00001-of-00002.safetensors", 4)],
        [("unet/model.safetensors", 3), ("vae/model.safetensors", 2)],
        [("model_index.json", 1), ("a/model.safetensors", 3), ("b/model.safetensors", 2)],
        [("onnx/encoder_model.onnx", 3), ("onnx/decoder_model.onnx", 2)],
        [("model.Q4_K_M.gguf", 3), ("mmproj-model-f16.gguf", 1)],
    ],
)
def test_doubt_is_no_size(named: list[tuple[str, int | None]]) -> None:
    assert bytes_total(files(*named)) is None
