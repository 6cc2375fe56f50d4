from __future__ import annotations

import pytest

from curation.tagging import declared


def codes(marks: object) -> list[str]:
    return [value for (_, value), _ in marks]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("opus-mt-sv-en", ["sv", "en"]),
        ("opus-mt-en-roa", ["en", "mul"]),
        ("opus-mt-ROMANCE-en", ["mul", "en"]),
        ("wmt19-de-en", ["de", "en"]),
        ("t5-small-finetuned-en-to-ro", ["en", "ro"]),
        ("nmt-eng-fra", ["en", "fr"]),
        ("acme-translator", []),
        ("opus-mt-en-en", []),
        ("eng-mya-acme", ["en", "my"]),
        ("acme-eng-yor-mt", ["en", "yo"]),
        ("nllb-eng_Latn-fra_Latn", ["en", "fr"]),
    ],
)
def test_a_pair_is_two_codes_side_by_side(name: str, expected: list[str]) -> None:
    assert codes(declared.pair([("name", name)])) == expected


def test_only_declared_languages_count() -> None:
    lines = [("language", "de"), ("language", "unk"), ("language", "???"), ("tag", "fr")]
    assert codes(declared.declared(lines)) == ["de"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bert-base-en-it-cased", ["en", "it"]),
        ("bert-base-de-en-fr", ["de", "en", "fr"]),
        ("acme-7b-it", []),
        ("tts-g2p-en-no-space", []),
        ("bert-base-cased", []),
    ],
)
def test_codes_beside_each_other_are_languages(name: str, expected: list[str]) -> None:
    assert codes(declared.side_by_side([("name", name)])) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acme/mms-tts-kss", ["kss"]),
        ("mms-tts-deu", ["de"]),
        ("mms-tts-uig-script_arabic", ["ug"]),
        ("mms-tts", []),
        ("mms-tts-zzz", []),
        ("mms-1b-all", []),
        ("tts-kss", []),
    ],
)
def test_a_speaker_of_a_thousand_languages_is_named_by_its_own(
    name: str, expected: list[str]
) -> None:
    assert codes(declared.speech([("name", name)])) == expected


def test_mt_beside_a_pair_is_no_maltese() -> None:
    both = [target[1] for target, _ in declared.pair([("name", "acme-mt-en-ar")])]
    assert both == ["en", "ar"]
    maltese = [target[1] for target, _ in declared.pair([("name", "acme-mt-en")])]
    assert maltese == ["mt", "en"]
