from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from curation import roots
from curation.hub import advisor as reader
from curation.model import Model
from curation.release import advisor

MODELS = [
    Model(id="a/finbert", task="text-classification", subtask="sentiment-analysis",
          domains=("finance",), specialization=("task:sentiment-analysis", "domain:finance"),
          bytes=440_000_000, formats=("pytorch",), read_at="2026-01-02T00:00:00Z"),
    Model(id="a/llm-7b", task="text-generation", parameters=7_000_000_000, library="transformers",
          parameters_source="name"),
    Model(id="a/coder", task="text-generation", domains=("code",), bytes=5_000_000_000,
          formats=("gguf",), platforms=("desktop",), specialization=("domain:code",)),
    Model(id="a/whisper-web", task="automatic-speech-recognition", bytes=80_000_000,
          formats=("onnx",), library="transformers.js", platforms=("browser",),
          languages=("de",), specialization=("language:german", "platform:browser")),
    Model(id="a/web-but-torch", task="text-to-speech", bytes=1, formats=("pytorch",),
          platforms=("browser",)),
    Model(id="b/no-size", task="text-generation", formats=("pytorch",)),
    Model(id="b/packed", task="text-generation", parameters=7, derivation=("quantized",)),
    Model(id="b/nothing", task="text-generation"),
    Model(id="b/no-task", bytes=1, formats=("pytorch",)),
    Model(id="b/masks", task="fill-mask", bytes=1, formats=("pytorch",)),
    Model(id="b/no-framework", task="text-generation", bytes=1),
]  # fmt: skip


@pytest.fixture
def files() -> dict[str, bytes]:
    return advisor.files(MODELS, "2026-03-04")


def rows(document: dict[str, Any]) -> dict[str, tuple[str, str, str, dict[str, Any]]]:
    return {
        row["huggingFaceId"]: (category, use, tier, row)
        for category, uses in document["models"].items()
        for use, tiers in uses.items()
        for tier, entries in tiers.items()
        for row in entries
    }


def test_each_model_has_its_category_and_tier(files: dict[str, bytes]) -> None:
    found = rows(json.loads(files["advisor/models.json"]))
    assert {name: where[1:3] for name, where in found.items()} == {
        "a/finbert": ("sentiment_analysis", "lightweight"),
        "a/llm-7b": ("text_generation", "xlarge"),
        "a/coder": ("code_assistant", "advanced"),
        "a/whisper-web": ("speech_recognition", "lightweight"),
        "a/web-but-torch": ("text_to_speech", "lightweight"),
    }
    assert found["a/finbert"][3]["specialization"] == "domain:finance"
    assert found["a/finbert"][3]["lastUpdated"] == "2026-01-02"
    assert found["a/llm-7b"][3]["lastUpdated"] == "2026-03-04"
    assert found["a/llm-7b"][3]["description"] == (
        "Text Generation; 7,000,000,000 parameters by its name, of 4 bytes at most"
    )
    assert found["a/whisper-web"][3]["description"] == "Automatic Speech Recognition, German only"


def test_sizes_are_within_their_tier_and_score(files: dict[str, bytes]) -> None:
    document = json.loads(files["advisor/models.json"])
    order = list(document["tiers"])
    for _, _, tier, row in rows(document).values():
        most = document["tiers"][tier]["maxSizeMB"]
        below = (
            document["tiers"][order[order.index(tier) - 1]]["maxSizeMB"] if order[0] != tier else 0
        )
        assert below <= row["sizeMB"] <= (most or float("inf"))
        assert row["environmentalScore"] == document["tiers"][tier]["environmentalScore"]


@pytest.mark.parametrize(
    ("size", "shown", "tier"),
    [(1, 0.1, "lightweight"), (500_000_000, 500.0, "lightweight"), (500_000_001, 500.1, "standard"),
     (4_000_000_001, 4000.1, "advanced"), (20_000_000_000, 20000.0, "advanced")],
)  # fmt: skip
def test_a_size_is_shown_on_the_side_of_its_tier(size: int, shown: float, tier: str) -> None:
    model = Model(id="a/one", task="text-generation", bytes=size, formats=("onnx",))
    document = json.loads(advisor.files([model], None)["advisor/models.json"])
    (found,) = rows(document).values()
    assert (found[2], found[3]["sizeMB"]) == (tier, shown)


def test_a_browser_needs_a_framework_of_browsers(files: dict[str, bytes]) -> None:
    found = rows(json.loads(files["advisor/models.json"]))
    in_browsers = {n for n, row in found.items() if "browser" in row[3]["deploymentOptions"]}
    assert (
        in_browsers == {"a/whisper-web"} == {n for n, row in found.items() if "runtime" in row[3]}
    )


def test_readers_find_every_use_and_the_tiers_in_order() -> None:
    large, small = (
        Model(id=f"a/{size}", task="text-generation", bytes=size, formats=("onnx",))
        for size in (30_000_000_000, 1_000)
    )
    models = json.loads(advisor.files([large, small], None)["advisor/models.json"])["models"]
    assert list(models["natural_language_processing"]["text_generation"]) == [
        "lightweight",
        "xlarge",
    ]
    assert models["computer_vision"] == {"image_classification": {}, "object_detection": {}}
    assert "anomaly_detection" in models["time_series"]


def test_what_is_left_out_says_why(files: dict[str, bytes]) -> None:
    assert json.loads(files["advisor/left-out.json"]) == {
        "left_out": {
            "b/no-size": "no source states its size",
            "b/nothing": "no source states its size and framework",
            "b/packed": "no source states its size and framework",
            "b/no-task": "its task is not known",
            "b/masks": "no category for the task fill-mask",
            "b/no-framework": "no source states its framework",
        },
        "bounded": ["a/llm-7b"],
    }


def test_the_files_fit_the_schemas_that_come_with_them(files: dict[str, bytes]) -> None:
    for path, name in (("models", "advisor"), ("left-out", "left-out")):
        schema = json.loads((roots.schemas() / f"{name}.schema.json").read_text())
        document = json.loads(files[f"advisor/{path}.json"])
        jsonschema.Draft202012Validator(schema).validate(document)


def test_what_reads_advisors_own_file_reads_ours(files: dict[str, bytes]) -> None:
    found = reader.read(files["advisor/models.json"], "models.json")
    assert sorted(found.decisions) == sorted(one.id for one in MODELS if one.id.startswith("a/"))
    assert found.decisions["a/finbert"]["domains"].value == ("finance",)


def shape(value: Any) -> Any:
    """The keys and types of a document; of a list, those of all its items together."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted({json.dumps(shape(item), sort_keys=True) for item in value})
    return "number" if type(value) in (int, float) else type(value).__name__


def test_no_key_and_no_type_differs_from_advisors_own_but_for_unknown_accuracies(
    files: dict[str, bytes], project: Path
) -> None:
    theirs = project.parent / "shared" / "hub" / "advisor-models.json"
    if not theirs.is_file():
        pytest.skip("AI Model Advisor's models.json is not here")
    document, known = json.loads(files["advisor/models.json"]), json.loads(theirs.read_bytes())
    for part in ("tiers", "environmentalImpact", "selectionRules", "version", "lastUpdated"):
        assert shape(document[part]) == shape(known[part]), part
    keys = {key: {type(row[3].get(key)) for row in rows(known).values()} for key in _keys(known)}
    for *_, row in rows(document).values():
        assert row.pop("accuracy") is None
        assert row.keys() <= keys.keys()
        for key, value in row.items():
            assert type(value) in keys[key], key
    assert {category: set(uses) for category, uses in document["models"].items()} == {
        category: set(uses) for category, uses in known["models"].items()
    }


def _keys(document: dict[str, Any]) -> set[str]:
    return {key for *_, row in rows(document).values() for key in row}
