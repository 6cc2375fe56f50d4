from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import InputError
from curation.hub.payload import decode, facts, from_fields
from curation.hub.payload.lenient import MAX_FLAWS
from curation.records import BaseModel, Facts, File, Result

SHA = "0123456789abcdef0123456789abcdef01234567"


def stated(**fields: Any) -> Facts:
    return facts(decode(json.dumps(fields)))


# --- what the Hub answered in 2022, and what it answers today


def test_an_answer_of_2022() -> None:
    raw = {
        "modelId": "org/name",
        "sha": SHA,
        "lastModified": "2022-01-11T09:20:58.000Z",
        "tags": ["pytorch", "license:mit", "dataset:conll2003", "fr"],
        "pipeline_tag": "token-classification",
        "siblings": [{"rfilename": "README.md"}, {"rfilename": "pytorch_model.bin"}],
        "config": {"architectures": ["BertModel"], "model_type": "bert", "adapter": {"a": 1}},
        "private": False,
        "downloads": 7,
        "library_name": "transformers",
        "likes": 0,
    }
    found = decode(json.dumps(raw))
    assert (found.name, found.downloads, found.likes, found.flaws) == ("org/name", 7, 0, ())
    assert facts(found, source="dump", read_at="2026-11-20T00:00:00Z") == Facts(
        source="dump",
        revision=SHA,
        read_at="2026-11-20T00:00:00Z",
        task="token-classification",
        library="transformers",
        license="mit",
        languages=("fr",),
        datasets=("conll2003",),
        tags=("dataset:conll2003", "fr", "license:mit", "pytorch"),
        model_type="bert",
        architectures=("BertModel",),
        files=(File(path="README.md"), File(path="pytorch_model.bin")),
        private=False,
        modified="2022-01-11T09:20:58Z",
    )


def test_an_answer_of_today() -> None:
    found = stated(
        id="org/name",
        createdAt="2024-05-01T10:00:00.123Z",
        gated="manual",
        cardData={"license": "apache-2.0", "language": ["en", "de"], "datasets": ["squad"]},
        config={"quantization_config": {"quant_method": "gptq", "bits": 4}},
        safetensors={"parameters": {"BF16": 10, "I8": 2}, "total": 12},
        siblings=[{"rfilename": "model.safetensors", "size": 24, "lfs": {"size": 24}}],
        baseModels={"relation": "quantized", "models": [{"_id": "1", "id": "org/base"}]},
        usedStorage=99,
    )
    assert found.license == "apache-2.0"
    assert found.languages == ("de", "en")
    assert found.datasets == ("squad",)
    assert found.quantization == "gptq"
    assert found.parameters == {"BF16": 10, "I8": 2}
    assert found.parameters_total == 12
    assert found.bytes_total == 24
    assert found.base_models == (BaseModel(id="org/base", relation="quantized"),)
    assert (found.gated, found.created) == ("manual", "2024-05-01T10:00:00Z")


def test_nothing_stated_is_nothing_known() -> None:
    assert stated() == Facts()


def test_parameters_of_gguf_count_where_there_are_no_safetensors() -> None:
    assert stated(gguf={"total": 7, "architecture": "llama"}).parameters_total == 7


def test_a_size_may_stand_in_the_lfs_pointer_alone() -> None:
    found = stated(siblings=[{"rfilename": "a.bin", "lfs": {"size": 5, "sha256": "x"}}])
    assert found.files == (File(path="a.bin", size=5),)


# --- tags and front matter


def test_tags_are_sorted_and_stand_once() -> None:
    assert stated(tags=["b", "a", "b"]).tags == ("a", "b")


def test_the_cards_licence_comes_before_the_tags() -> None:
    assert stated(tags=["license:mit"], cardData={"license": "gpl-3.0"}).license == "gpl-3.0"


def test_several_licences_are_not_one() -> None:
    assert stated(cardData={"license": ["mit", "gpl-3.0"]}).license is None
    assert stated(cardData={"license": ["mit"]}).license == "mit"


def test_libraries_and_architectures_are_no_languages() -> None:
    assert stated(tags=["jax", "tf", "vit", "bert", "rl", "en"]).languages == ("en",)


def test_languages_in_metadata_come_before_those_in_tags() -> None:
    assert stated(tags=["en", "fr"], cardData={"language": "fr"}).languages == ("fr",)


def test_a_language_tag_may_have_a_prefix() -> None:
    assert stated(tags=["language:sw"]).languages == ("sw",)


def test_base_models_stand_once_and_a_stated_relation_wins() -> None:
    found = stated(
        tags=["base_model:b/two", "base_model:adapter:b/two", "base_model:merge:c/three"],
        cardData={"base_model": ["a/one", "b/two"]},
    )
    assert found.base_models == (
        BaseModel(id="a/one"),
        BaseModel(id="b/two", relation="adapter"),
        BaseModel(id="c/three", relation="merge"),
    )


def test_the_cards_relation_holds_for_its_base_models() -> None:
    card = {"base_model": "a/one", "base_model_relation": "finetune"}
    assert stated(cardData=card).base_models == (BaseModel(id="a/one", relation="finetune"),)


def test_an_unknown_relation_is_none() -> None:
    found = stated(baseModels={"relation": "source", "models": [{"id": "a/one"}]})
    assert found.base_models == (BaseModel(id="a/one"),)


def test_base_models_may_be_a_plain_list() -> None:
    found = stated(baseModels=["a/one", {"id": "b/two"}])
    assert found.base_models == (BaseModel(id="a/one"), BaseModel(id="b/two"))


def test_declared_results() -> None:
    index = [
        {
            "name": "mine",
            "results": [
                {
                    "task": {"type": "text-classification"},
                    "dataset": {"type": "glue", "config": "cola", "split": "test"},
                    "metrics": [{"type": "accuracy", "value": 91}, {"type": "f1"}],
                },
                {"dataset": {"name": "no task"}, "metrics": [{"type": "f1", "value": 1}]},
            ],
        }
    ]
    expected = Result(
        task="text-classification",
        dataset="glue (cola)",
        metric="accuracy",
        value=91.0,
        split="test",
    )
    assert stated(**{"model-index": index}).results == (expected,)
    assert stated(cardData={"model-index": index}).results == (expected,)


def test_evaluation_results_of_today_wrapped_or_not() -> None:
    entry = {"dataset": {"id": "cais/hle", "task_id": "default"}, "value": 20.9}
    expected = Result(task="default", dataset="cais/hle", metric="value", value=20.9)
    assert stated(evalResults=[entry, {"filename": "a.yaml", "data": entry}]).results == (expected,)


# --- times


@pytest.mark.parametrize(
    ("given_time", "expected"),
    [
        ("2022-01-11T09:20:58.000Z", "2022-01-11T09:20:58Z"),
        ("2022-01-11T09:20:58+02:00", "2022-01-11T07:20:58Z"),
        ("2022-01-11 09:20:58", "2022-01-11T09:20:58Z"),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("2022-13-41T00:00:00Z", None),
    ],
)
def test_times_are_utc_to_the_second(given_time: str, expected: str | None) -> None:
    assert stated(lastModified=given_time).modified == expected


# --- flaws


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ({"downloads": "many"}, "downloads"),
        ({"downloads": -1}, "downloads"),
        ({"likes": 10**30}, "likes"),
        ({"private": "no"}, "private"),
        ({"gated": "perhaps"}, "gated"),
        ({"sha": "../../etc/passwd"}, "sha"),
        ({"sha": SHA[:39] + "\n"}, "sha"),
        ({"tags": ["a", 5, "b"]}, "tags[1]"),
        ({"tags": ["a", "nul\x00", "b"]}, "tags[1]"),
        ({"tags": ["a", "half \ud800", "b"]}, "tags[1]"),
        ({"tags": ["a", "turned \u202e", "b"]}, "tags[1]"),
        ({"tags": ["a", "x" * 10_000_000, "b"]}, "tags[1]"),
        ({"tags": "transformers"}, "tags"),
        ({"cardData": {"license": {"name": "mit"}}}, "cardData.license"),
        ({"cardData": {"language": ["en", False]}}, "cardData.language[1]"),
        ({"cardData": "front"}, "cardData"),
        ({"config": {"architectures": "Bert"}}, "config.architectures"),
        ({"siblings": [{"size": 3}]}, "siblings[0]"),
        ({"siblings": [{"rfilename": "a\nb"}]}, "siblings[0].rfilename"),
        ({"safetensors": {"parameters": {"F32": "x"}}}, "safetensors.parameters.F32"),
        ({"createdAt": 5}, "createdAt"),
        ({"model-index": {"results": []}}, "model-index"),
    ],
)
def test_a_field_of_the_wrong_type_is_dropped_and_named(fields: dict[str, Any], flaw: str) -> None:
    found = decode(json.dumps({"id": "org/name", "pipeline_tag": "fill-mask", **fields}))
    assert flaw in found.flaws
    assert (found.name, found.pipeline_tag) == ("org/name", "fill-mask")


def test_the_good_items_of_a_list_are_kept() -> None:
    found = decode(json.dumps({"tags": ["a", None, "b\x07", "c"]}))
    assert found.tags == ["a", "c"]


def test_flaws_are_ours_alone() -> None:
    assert decode('{"flaws": ["forged"]}').flaws == ()
    assert decode('{"flaws": ["forged"], "likes": "x"}').flaws == ("likes",)


def test_few_flaws_are_named_and_the_rest_counted() -> None:
    found = decode(json.dumps({"tags": list(range(1000))}))
    assert len(found.flaws) == MAX_FLAWS + 1
    assert found.flaws[-1] == f"and {1000 - MAX_FLAWS} more"


def test_what_json_forbids_and_others_write_costs_one_value() -> None:
    metrics = [{"type": "f1", "value": float("nan")}, {"type": "acc", "value": 0.5}]
    result = {"task": {"type": "t"}, "dataset": {"type": "d"}, "metrics": metrics}
    found = decode(json.dumps({"model-index": [{"results": [result]}]}))
    assert [r.metric for r in facts(found).results] == ["acc"]
    assert found.flaws == ("model-index[0].results[0].metrics[0].value",)


def test_whole_numbers_may_be_written_as_floats() -> None:
    assert decode('{"downloads": 12.0}').downloads == 12


def test_unknown_fields_are_ignored() -> None:
    assert decode('{"spaces": ["a"], "widgetData": {"x": [1]}}').flaws == ()


@pytest.mark.parametrize(
    "raw",
    ["", "{", "[]", "null", '"text"', "7", "{} {}", '{"a": }', "[" * 100_000, b'{"id": "\xff"}'],
)
def test_no_object_is_an_error_of_one_line(raw: str | bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(raw)
    assert "\n" not in str(caught.value)


def test_fields_of_a_table_may_hold_datetimes() -> None:
    found = from_fields({"lastModified": datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)})
    assert facts(found).modified == "2024-01-02T03:04:05Z"


def test_fields_that_json_cannot_hold_are_refused() -> None:
    with pytest.raises(InputError):
        from_fields({"tags": object()})


def test_half_of_a_surrogate_pair_in_fields_costs_its_tag() -> None:
    assert from_fields({"tags": ["ok", "\udc80"]}).tags == ["ok"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAMES = [
    "id", "modelId", "sha", "lastModified", "createdAt", "private", "gated", "downloads", "tags",
    "pipeline_tag", "cardData", "siblings", "config", "safetensors", "gguf", "baseModels",
    "model-index", "evalResults", "flaws",
]  # fmt: skip
INNER = [
    "license", "language", "base_model", "datasets", "rfilename", "size", "lfs", "parameters",
    "total", "models", "relation", "results", "task", "dataset", "metrics", "value", "data",
]  # fmt: skip
FIELDS = st.dictionaries(
    st.sampled_from(NAMES),
    JSON
    | st.dictionaries(st.sampled_from(INNER), JSON)
    | st.lists(st.dictionaries(st.sampled_from(INNER), JSON), max_size=3),
)


@given(FIELDS)
def test_any_object_gives_facts_that_can_be_written_and_read(fields: dict[str, Any]) -> None:
    import msgspec

    found = decode(json.dumps(fields))
    said = facts(found)
    assert msgspec.json.decode(msgspec.json.encode(said), type=Facts) == said


@given(FIELDS)
def test_order_and_repetition_of_tags_change_nothing(fields: dict[str, Any]) -> None:
    tags = [tag for tag in fields.get("tags") or [] if isinstance(tag, str)]
    twice = {**fields, "tags": [*reversed(tags), *tags]}
    once = {**fields, "tags": tags}
    assert stated(**once).tags == stated(**twice).tags
    assert stated(**once).languages == stated(**twice).languages
    assert stated(**once).base_models == stated(**twice).base_models


def test_the_whole_dump_of_2022_decodes_without_flaws(project: Path) -> None:
    path = project.parent / "shared/hub/hub-2022-02.parquet"
    if not path.is_file():
        pytest.skip("the public Hub data is not beside the project")
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["id", "info"])
    for model_id, info in zip(*(column.to_pylist() for column in table.columns), strict=True):
        found = decode(info)
        assert (found.name, found.flaws) == (model_id, ())
