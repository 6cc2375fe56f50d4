from __future__ import annotations

import pytest

from curation.records import Facts
from curation.tagging import size


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acme/llm-7b", 7_000_000_000),
        ("acme/TinyLLM-1.1B-Chat", 1_100_000_000),
        ("acme/opt-350M", 350_000_000),
        ("acme/Mixtral-8x22B-v0.1", 176_000_000_000),
        ("acme/LLM-2-7b-chat-hf", 7_000_000_000),
        ("acme/wav2vec2-xls-r-300m-tr", 300_000_000),
        ("acme/encoder-v2", None),
        ("acme/segmenter-512", None),
        ("acme/llm-4bit", None),
        ("acme/llm-8k", None),
        ("acme/bert-100-1M-steps", 1_000_000),
        ("7b/encoder", None),
    ],
)
def test_a_name_may_state_parameters(name: str, expected: int | None) -> None:
    assert size.named(name) == expected


def test_weights_outrank_the_name() -> None:
    found = size.size("acme/llm-7b", Facts(parameters_total=6_738_415_616))
    assert (found.parameters, found.parameters_source) == (6_738_415_616, "weights")
    found = size.size("acme/llm-7b", Facts())
    assert (found.parameters, found.parameters_source) == (7_000_000_000, "name")


def test_bytes_are_stated_or_unknown_never_guessed() -> None:
    assert size.size("acme/llm-7b", Facts()).bytes is None
    assert size.size_tier(size.size("acme/llm-7b", Facts())).state == "unknown"
    counted = size.size("acme/x", Facts(parameters={"F16": 100, "F32": 10}))
    assert (counted.bytes, counted.bytes_source) == (240, "weights")
    packed = size.size("acme/x", Facts(parameters={"F16": 100, "Q4": 10}))
    assert packed.bytes is None
    weighed = size.size("acme/x", Facts(parameters={"F16": 100}, bytes_total=7))
    assert (weighed.bytes, weighed.bytes_source) == (7, "files")


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (1, "lightweight"),
        (500_000_000, "lightweight"),
        (500_000_001, "standard"),
        (4_000_000_001, "advanced"),
        (20_000_000_001, "xlarge"),
    ],
)
def test_tiers_are_those_of_the_reference_consumer(total: int, expected: str) -> None:
    assert size.tier(total) == expected
