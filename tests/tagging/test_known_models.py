"""Nineteen well-known models come out by rule as what they are, from plain facts of the Hub."""

from __future__ import annotations

from functools import cache

import pytest

from curation.records import BaseModel, Facts
from curation.tagging import Tagger

#: Id: pipeline tag, architecture, other facts, and the specialization that must come out.
KNOWN: dict[str, tuple[str | None, str | None, dict[str, tuple[str, ...]], set[str]]] = {
    "microsoft/table-transformer-detection": (
        "object-detection", None, {"tags": ("table-transformer",)}, {"task:table-detection"},
    ),
    "microsoft/table-transformer-structure-recognition": (
        "object-detection", None, {"tags": ("table-transformer",)},
        {"task:table-structure-recognition"},
    ),
    "tech4humans/yolov8s-signature-detector": (
        "object-detection", None, {"tags": ("signature-detection", "yolov8", "pytorch")},
        {"task:signature-detection"},
    ),
    "Falconsai/nsfw_image_detection": (
        "image-classification", None, {"tags": ("vit",)}, {"task:nsfw-detection"},
    ),
    "dima806/fairface_age_image_detection": (
        "image-classification", None, {"tags": ("vit",)}, {"task:age-estimation"},
    ),
    "trpakov/vit-face-expression": (
        "image-classification", None, {"tags": ("vit",)}, {"task:facial-expression-recognition"},
    ),
    "ProsusAI/finbert": (
        "text-classification", "BertForSequenceClassification",
        {"tags": ("bert", "financial-sentiment-analysis", "sentiment-analysis"),
         "languages": ("en",)},
        {"domain:finance", "task:sentiment-analysis"},
    ),
    "pysentimiento/robertuito-sentiment-analysis": (
        "text-classification", None,
        {"tags": ("roberta", "twitter", "sentiment-analysis"), "languages": ("es",)},
        {"language:spanish", "domain:social-media", "task:sentiment-analysis"},
    ),
    "cardiffnlp/twitter-roberta-base-sentiment": (
        "text-classification", "RobertaForSequenceClassification", {"tags": ("roberta",)},
        {"domain:social-media", "task:sentiment-analysis"},
    ),
    "pyannote/voice-activity-detection": (
        "automatic-speech-recognition", None,
        {"tags": ("pyannote", "pyannote-audio", "voice-activity-detection")},
        {"task:voice-activity-detection"},
    ),
    "pyannote/speaker-diarization-3.1": (
        "automatic-speech-recognition", None,
        {"tags": ("pyannote", "pyannote-audio", "speaker-diarization")},
        {"task:speaker-diarization"},
    ),
    "openai/whisper-small.en": (
        "automatic-speech-recognition", None, {"tags": ("whisper",), "languages": ("en",)},
        {"language:english"},
    ),
    "jonatasgrosman/wav2vec2-large-xlsr-53-russian": (
        "automatic-speech-recognition", "Wav2Vec2ForCTC",
        {"tags": ("wav2vec2",), "languages": ("ru",), "datasets": ("common_voice",)},
        {"language:russian"},
    ),
    "jonatasgrosman/wav2vec2-large-xlsr-53-portuguese": (
        "automatic-speech-recognition", "Wav2Vec2ForCTC",
        {"tags": ("wav2vec2",), "languages": ("pt",), "datasets": ("common_voice",)},
        {"language:portuguese"},
    ),
    "bert-large-uncased": (
        "fill-mask", "BertForMaskedLM",
        {"tags": ("bert",), "languages": ("en",), "datasets": ("bookcorpus", "wikipedia")}, set(),
    ),
    "gpt2-large": ("text-generation", "GPT2LMHeadModel", {"tags": ("gpt2",)}, set()),
    "openai/whisper-large-v3": (
        "automatic-speech-recognition", None, {"tags": ("whisper",)}, set(),
    ),
    "microsoft/deberta-xlarge-mnli": (
        "text-classification", "DebertaForSequenceClassification",
        {"tags": ("deberta", "deberta-mnli"), "languages": ("en",)}, set(),
    ),
    "google/vit-large-patch16-384": (
        "image-classification", "ViTForImageClassification",
        {"tags": ("vit",), "datasets": ("imagenet", "imagenet-21k")}, set(),
    ),
}  # fmt: skip


@cache
def tagger() -> Tagger:
    return Tagger()


@pytest.mark.parametrize("model_id", KNOWN)
def test_what_it_is_for_comes_out_by_rule(model_id: str) -> None:
    task, architecture, more, expected = KNOWN[model_id]
    facts = Facts(
        task=task,
        architectures=(architecture,) if architecture else (),
        base_models=(BaseModel(id="Ultralytics/YOLOv8"),) if "yolov8s" in model_id else (),
        **more,  # type: ignore[arg-type]
    )
    tags = tagger().tag(model_id, facts, None)
    assert {tag.value for tag in tags.specialization.values} == expected
    assert [tag.value for tag in tags.scope.values] == (
        ["specialized"] if expected else ["general"]
    )
