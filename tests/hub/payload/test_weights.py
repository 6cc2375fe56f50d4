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
        ([("pytorch_model.bin", 11), ("training_args.bin", 1), ("optimizer.pt", 22)], 11),
        ([("q.gguf", 7)], 7),
    ],
)
def test_one_complete_set_has_a_size(named: list[tuple[str, int | None]], expected: int) -> None:
    assert bytes_total(files(*named)) == expected


@pytest.mark.parametrize(
    "named",
    [
        [],
        [("README.md", 5)],
        [("model.safetensors", None)],
        [("model.safetensors", 10), ("pytorch_model.bin", None)],
        [("model-00001-of-00002.safetensors", 4)],
        [("model.Q2_K.gguf", 3), ("model.Q8_0.gguf", 8)],
        [("unet/model.safetensors", 3), ("vae/model.safetensors", 2)],
    ],
)
def test_doubt_is_no_size(named: list[tuple[str, int | None]]) -> None:
    assert bytes_total(files(*named)) is None
