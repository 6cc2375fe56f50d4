from __future__ import annotations

import pytest

from curation.tagging import derive


def kinds(**known: object) -> list[str]:
    facets: dict[str, object] = {
        "task": "text-classification",
        "subtask": None,
        "domains": [],
        "languages": [],
        "platforms": [],
        "marked": False,
    }
    return derive.kinds(**(facets | known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, []),
        ({"subtask": "sentiment-analysis"}, ["task"]),
        ({"domains": ["finance"]}, ["domain"]),
        ({"platforms": ["browser"]}, ["platform"]),
        ({"languages": ["ru"]}, ["language"]),
        ({"languages": ["en"]}, []),
        ({"languages": ["en"], "marked": True}, ["language"]),
        ({"languages": ["mul"]}, []),
        ({"languages": ["zxx"]}, []),
        ({"languages": ["en", "ru"]}, []),
        ({"languages": ["en", "ru"], "task": "translation"}, ["language"]),
        ({"languages": ["mul", "en"], "task": "translation"}, []),
        ({"languages": ["en"], "task": "translation"}, []),
        ({"languages": ["en", "zh"], "task": "audio-to-audio"}, ["language"]),
    ],
)
def test_kinds_follow_the_guide(known: dict[str, object], expected: list[str]) -> None:
    assert kinds(**known) == expected


def test_each_kind_lists_its_values() -> None:
    found = derive.specialization(
        ["task", "domain", "language"],
        subtask="sentiment-analysis",
        domains=["social-media"],
        languages=["es"],
        platforms=[],
    )
    assert found == ["task:sentiment-analysis", "domain:social-media", "language:spanish"]


def test_what_makes_no_kind_makes_no_specialization() -> None:
    assert derive.specialization([], subtask=None, domains=[], languages=["en"], platforms=[]) == []
