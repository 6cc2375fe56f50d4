"""Words as they are compared: endings, spellings, synonyms, articles, and what is denied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.advise import everyday
from curation.advise.wording import GAP, Sentence, denied, forms, keys


def found(text: str, phrase: str, gap: int = 0) -> list[range]:
    return list(Sentence(text).places(keys((phrase,))[phrase], gap))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Detecting signature", "detect signatures"),
        ("summarize", "summarise"),
        ("categorized my photographs", "classify images"),
        ("what's in a picture", "what is in an image"),
        ("color", "colour"),
    ],
)
def test_words_that_say_the_same_are_the_same(text: str, phrase: str) -> None:
    assert len(found(text, phrase)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("news", "new"), ("generate", "general"), ("person", "personal"), ("politics", "polite")],
)
def test_words_with_one_stem_may_be_two(one: str, other: str) -> None:
    assert forms([one])[one] != forms([other])[other]


def test_articles_may_stand_within_a_phrase() -> None:
    assert found("please detect the objects", "detect objects") == [range(1, 4)]


def test_a_gap_holds_no_filler() -> None:
    assert found("classify old holiday photos", "classify photos") == []
    assert found("classify old holiday photos", "classify photos", GAP) == [range(4)]
    assert found("classify people in photos", "classify photos", GAP) == []
    assert found("classify very old but nice photos", "classify photos", GAP) == []


def test_a_denial_ends_with_its_clause() -> None:
    sentence = Sentence("not for tweets, but reviews, without stars which hotels get, not only one")
    parts = denied(sentence)
    assert [sentence.words[n] for n in sorted(parts.denied)] == ["for", "tweets", "stars"]
    assert [sentence.words[n] for n in parts.not_all] == ["one"]
    assert denied(Sentence("is it toxic or not")).denied == frozenset()


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    sentence = Sentence(text)
    assert len(sentence.forms) == len(sentence.words)
    assert denied(sentence).denied <= set(range(len(sentence.words)))


@given(st.lists(st.sampled_from(["detect", "objects", '"', "*", "NEAR(", "OR", ":"]), max_size=8))
def test_the_query_language_is_not_reached(words: list[str]) -> None:
    assert range(2) in found("detect objects " + " ".join(words), "detect objects")


def test_no_phrase_is_empty() -> None:
    assert all(keys(tuple(phrase for phrase, _, _ in everyday.phrases())).values())
