from __future__ import annotations

import sys
from typing import Any, get_type_hints

import pytest

from curation.errors import UsageError
from curation.model import Model, Tombstone
from curation.release import filters
from curation.release.release import Release, UnknownModel

C = Release(
    "1.0.0",
    [
        Model(id="Acme/Bee", task="automatic-speech-recognition", languages=("ru",), bytes=400,
              license="mit", library="nemo", specialization=("language:russian",)),
        Model(id="acme/fly", task="fill-mask", domains=("finance",), parameters=7, formats=("x",)),
        Model(id="acme/unknown"),
    ],
    [Tombstone(id="acme/ant", on="2026-01-31", reason="made private", successor="acme/fly")],
)  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Acme/Bee", "acme/fly", "acme/unknown"]),
        ({"language": None, "max_bytes": None}, ["Acme/Bee", "acme/fly", "acme/unknown"]),
        ({"language": "Russian", "task": "ASR"}, ["Acme/Bee"]),
        ({"language": "ru-RU"}, ["Acme/Bee"]),
        ({"language": "de"}, []),
        ({"task": "fill mask"}, ["acme/fly"]),
        ({"task": "translation"}, []),
        ({"domain": "Finance"}, ["acme/fly"]),
        ({"license": "MIT License"}, ["Acme/Bee"]),
        ({"license": "apache-2.0"}, []),
        ({"library": "nemo"}, ["Acme/Bee"]),
        ({"specialization": "language:Russian"}, ["Acme/Bee"]),
        ({"specialization": "task:spam-detection"}, []),
        ({"format": "x"}, ["acme/fly"]),
        ({"format": "gguf"}, []),
        ({"size_tier": "lightweight"}, []),
        ({"max_bytes": 400}, ["Acme/Bee"]),
        ({"max_bytes": 399.9}, []),
        ({"max_bytes": float("inf")}, ["Acme/Bee"]),
        ({"max_parameters": 1e9}, ["acme/fly"]),
    ],
)
def test_what_is_asked_for_is_found_and_what_is_not_known_never(
    wanted: dict[str, Any], found: list[str]
) -> None:
    assert [one.id for one in C.filter(**wanted)] == found


@pytest.mark.parametrize(
    ("wanted", "told", "hint"),
    [
        ({"langage": "ru"}, "no filter is called 'langage'", "near: language"),
        ({"langage": None}, "no filter is called 'langage'", "near: language"),
        ({"gated": 1}, "no filter is called 'gated'", "one of derivation, domain, format"),
        ({"task": "automatic-speech-recognitio"}, "no task is called", "near: automatic-speech-"),
        ({"language": "xx"}, "no language is called 'xx'", "one of ru"),
        ({"scope": "any"}, "no scope is called 'any'", "one of general, specialized"),
        ({"library": "\x1b[31m"}, r"no library is called '\\x1b\[31m'", "one of nemo"),
        ({"specialization": "colour:red"}, "no specialization", "one of language:russian"),
        ({"specialization": "domain:colours"}, "no specialization", "one of language:russian"),
        ({"license": "my own"}, "no license is called 'my own'", "one of mit"),
        ({"domain": ["finance"]}, "domain: one text, not", "a filter is one value"),
        ({"language": 5}, "language: one text, not '5'", "a filter is one value"),
        ({"max_bytes": "500MB"}, "max_bytes is no number from 0 up: '500MB'", "bytes: 500_000_000"),
        ({"max_bytes": True}, "max_bytes is no number", "bytes"),
        ({"max_bytes": float("nan")}, "max_bytes is no number", "bytes"),
        ({"max_parameters": -1}, "max_parameters is no number", "1_000_000_000 for 1B"),
    ],
)
def test_what_makes_no_sense_is_one_clear_line(
    wanted: dict[str, Any], told: str, hint: str
) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        C.filter(**wanted)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    assert caught.value.hint.startswith(hint)


def test_every_filter_is_typed_and_named_in_the_help() -> None:
    names = {*filters.FIELDS, *filters.BOUNDS}
    assert set(get_type_hints(filters.Filters)) == names
    assert all(f"``{name}``" in str(Release.filter.__doc__) for name in names)
    assert {*filters.FIELDS.values(), *filters.BOUNDS.values()} <= {*Model.__struct_fields__}


@pytest.mark.parametrize(
    ("asked", "told", "hint"),
    [
        ("acme/flu", "no model acme/flu in this release", "did you mean acme/fly?"),
        ("acme/bee", "no model acme/bee in this release", "did you mean Acme/Bee?"),
        ("fly", "no model fly in this release", "did you mean acme/fly?"),
        ("other/thing", "no model other/thing in this release", None),
        ("acme/ant", "acme/ant is gone since 2026-01-31: made private", "use acme/fly"),
    ],
)
def test_an_unknown_id_says_what_is_near(asked: str, told: str, hint: str | None) -> None:
    with pytest.raises(UnknownModel) as caught:
        C[asked]
    assert (str(caught.value), caught.value.hint) == (told, hint)
    assert isinstance(caught.value, KeyError)
    assert C.get(asked) is None
    assert asked not in C


def test_without_pandas_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="to_pandas needs pandas") as caught:
        C.to_pandas()
    assert caught.value.hint == "pip install pandas"


def test_a_miss_makes_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("curation.release.release.UnknownModel")
    assert C.get("acme/flu") is None
    assert C.get("acme/flu", 7) == 7
    assert C.get("acme/fly", 7) is C["acme/fly"]
