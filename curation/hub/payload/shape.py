"""The Hub's model JSON as types: the shape of 2022 and today's, in one.

Everything is optional, because what the Hub answers depends on what was asked. Fields that we
have no use for are not named and are skipped while decoding. Texts have a longest length:
what is longer is no name of anything.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec.structs import force_setattr

#: Longest text of a field, in characters; the longest real one is 209 (a file name).
MAX_TEXT = 1000

Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Texts = Text | list[Text]
Sha = Annotated[str, msgspec.Meta(min_length=40, max_length=40, pattern=r"^[0-9a-f]+\Z")]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Value = float | Text


class Lfs(msgspec.Struct, frozen=True, gc=False):
    """A file kept outside git: ``size`` in bytes."""

    size: Count | None = None


class Sibling(msgspec.Struct, frozen=True, gc=False):
    """One file of the repository; sizes come only when asked for (``files_metadata``)."""

    rfilename: Text
    size: Count | None = None
    lfs: Lfs | None = None


class Quantization(msgspec.Struct, frozen=True):
    """``config.quantization_config``: the method alone (``gptq``, ``awq``, ``bitsandbytes``)."""

    quant_method: Text | None = None


class Config(msgspec.Struct, frozen=True):
    """The excerpt of config.json that the Hub serves."""

    architectures: list[Text] | None = None
    model_type: Text | None = None
    quantization_config: Quantization | None = None


class Tensors(msgspec.Struct, frozen=True):
    """``safetensors``: parameters by dtype, and their total."""

    parameters: dict[Text, Count] | None = None
    total: Count | None = None


class Gguf(msgspec.Struct, frozen=True):
    """``gguf``: parameters in total."""

    total: Count | None = None


class Parent(msgspec.Struct, frozen=True):
    """One model named in ``baseModels``."""

    id: Text


class Parents(msgspec.Struct, frozen=True):
    """``baseModels``: how this model was made, and from which."""

    relation: Text | None = None
    models: list[Parent] | None = None


class Named(msgspec.Struct, frozen=True):
    """Task, dataset or metric of a declared result: a Hub ``type``, a display ``name``."""

    type: Text | None = None
    name: Text | None = None
    config: Text | None = None
    split: Text | None = None


class Metric(msgspec.Struct, frozen=True):
    """One declared number."""

    type: Text | None = None
    name: Text | None = None
    value: Value | None = None


class Evaluation(msgspec.Struct, frozen=True):
    """One entry of ``model-index[].results``."""

    task: Named | None = None
    dataset: Named | None = None
    metrics: list[Metric] | None = None


class Indexed(msgspec.Struct, frozen=True):
    """One entry of ``model-index``."""

    results: list[Evaluation] | None = None


class Benchmark(msgspec.Struct, frozen=True):
    """The dataset of an entry of ``evalResults``."""

    id: Text | None = None
    task_id: Text | None = None


class Score(msgspec.Struct, frozen=True):
    """The content of an entry of ``evalResults``."""

    dataset: Benchmark | None = None
    value: Value | None = None


class EvalResult(Score, frozen=True):
    """An entry of ``evalResults``: the content itself, or the content under ``data``."""

    data: Score | None = None


class CardData(msgspec.Struct, frozen=True):
    """The front matter as the Hub read it."""

    license: Texts | None = None
    language: Texts | None = None
    base_model: Texts | None = None
    base_model_relation: Text | None = None
    datasets: Texts | None = None
    model_index: list[Indexed] | None = msgspec.field(name="model-index", default=None)


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """One model as the Hub answered.

    ``flaws`` names the fields that were dropped because they were not what they should be, as
    paths (``cardData.license``, ``tags[3]``); it is ours and is never read from an answer.
    """

    id: Text | None = None
    legacy_id: Text | None = msgspec.field(name="modelId", default=None)
    author: Text | None = None
    sha: Sha | None = None
    last_modified: datetime | None = msgspec.field(name="lastModified", default=None)
    created_at: datetime | None = msgspec.field(name="createdAt", default=None)
    private: bool | None = None
    gated: Literal["auto", "manual"] | bool | None = None
    disabled: bool | None = None
    downloads: Count | None = None
    likes: Count | None = None
    library_name: Text | None = None
    pipeline_tag: Text | None = None
    tags: list[Text] | None = None
    card_data: CardData | None = msgspec.field(name="cardData", default=None)
    siblings: list[Sibling] | None = None
    config: Config | None = None
    safetensors: Tensors | None = None
    gguf: Gguf | None = None
    base_models: Parents | list[Text | Parent] | None = msgspec.field(
        name="baseModels", default=None
    )
    model_index: list[Indexed] | None = msgspec.field(name="model-index", default=None)
    eval_results: list[EvalResult] | None = msgspec.field(name="evalResults", default=None)
    flaws: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.flaws:
            force_setattr(self, "flaws", ())

    @property
    def name(self) -> str | None:
        """The id: ``id`` of today, else ``modelId`` of 2022."""
        return self.id or self.legacy_id
