from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from curation.tagging.matcher import Matcher
from curation.tagging.normal import END, START, line_signal, normal, pattern

WORDS = st.text(alphabet="ab -_.\nÀİß中", max_size=40)


@given(st.text())
def test_the_normal_form_keeps_every_offset(text: str) -> None:
    assert len(normal(text)) == len(text)


@given(st.text(alphabet="aB-_ \n"))
def test_the_normal_form_is_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_separators_and_case_do_not_matter() -> None:
    matcher = Matcher([pattern("Question-Answering")])
    for text in ("question answering", "QUESTION_ANSWERING", "question\nanswering"):
        assert matcher.scan(normal(text)) == [(0, 0, 18)]


def test_words_are_whole() -> None:
    matcher = Matcher(["ner"])
    assert matcher.scan("banner nerf ner.") == [(0, 12, 15)]


def test_nested_and_overlapping_terms_are_all_found() -> None:
    matcher = Matcher(["face detection", "face", "detection of faces"])
    hits = matcher.scan("face detection of faces")
    assert {matcher.patterns[number] for number, _, _ in hits} == set(matcher.patterns)


def test_scripts_without_spaces_need_no_edges() -> None:
    assert Matcher(["中文"]).scan("这是中文模型") == [(0, 2, 4)]


def test_punctuation_is_its_own_edge() -> None:
    assert Matcher([".gguf"]).scan("acme7b.gguf") == [(0, 6, 11)]


def test_anchors_bind_a_term_to_a_whole_signal() -> None:
    matcher = Matcher([pattern("^peft$")])
    assert matcher.scan(line_signal("PEFT"))
    assert not matcher.scan(line_signal("peft-lora"))
    assert pattern("^a$") == f"{START}a{END}"


@given(st.lists(st.text(alphabet="ab c", min_size=1), min_size=1, unique=True), WORDS)
def test_hits_are_those_of_a_plain_search(terms: list[str], text: str) -> None:
    terms = [term for term in {pattern(term) for term in terms} if term]
    if not terms:
        return
    text = normal(text)
    found = {(number, start) for number, start, _ in Matcher(terms).scan(text)}
    expected = {
        (number, match.start())
        for number, term in enumerate(terms)
        for match in re.finditer(f"(?={re.escape(term)})", text)
        if _edges(text, match.start(), match.start() + len(term), term)
    }
    assert found == expected


def _edges(text: str, start: int, end: int, term: str) -> bool:
    left = start > 0 and text[start - 1].isalnum() and term[0].isalnum()
    right = end < len(text) and text[end].isalnum() and term[-1].isalnum()
    return not (left or right)
