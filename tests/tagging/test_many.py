from __future__ import annotations

import pytest

from curation.tagging import many
from curation.tagging.marks import mark
from curation.tagging.resolve import Candidate, Choice

SAID = "languages.declared"
DEFAULT = "language.default.base"


def candidate(value: str, *weights: tuple[str, float]) -> Candidate:
    marks = [mark(rule, weight, "name", value) for rule, weight in weights]
    return Candidate(value, sum(weight for _, weight in weights), marks)


def settled(*chosen: Candidate) -> list[str]:
    ranked = sorted(chosen, key=lambda c: -c.log_odds)
    return sorted(c.value for c in many.settle(Choice(ranked, [])).chosen)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([candidate("de", (SAID, 4.0)), candidate("fr", (SAID, 4.0))], ["de", "fr"]),
        ([candidate("de", (SAID, 4.0)), candidate("mul", ("r", 2.2))], ["de"]),
        ([candidate("en", (SAID, 4.0)), candidate("mul", ("r", 2.6))], ["mul"]),
        ([candidate("zxx", ("r", 3.5)), candidate("en", ("r", 1.5))], ["zxx"]),
        ([candidate("nb", ("r", 3.0)), candidate("no", (SAID, 4.0))], ["nb"]),
        ([candidate("arz", ("r", 3.0)), candidate("ar", (SAID, 4.0))], ["ar"]),
        ([candidate("mul", ("languages.pair", 5.0)), candidate("en", (SAID, 4.0))], ["mul"]),
    ],
)
def test_a_set_of_languages_agrees_with_itself(
    chosen: list[Candidate], expected: list[str]
) -> None:
    assert settled(*chosen) == expected


def test_a_default_gives_way_to_what_is_said() -> None:
    english = candidate("en", (DEFAULT, 3.0))
    assert settled(english) == ["en"]
    assert settled(english, candidate("de", ("r", 1.5))) == ["de"]
    assert settled(english, candidate("mul", (DEFAULT, 2.1))) == ["mul"]


def test_a_passing_mention_gives_way_to_a_plain_statement() -> None:
    assert settled(candidate("de", (SAID, 4.0)), candidate("en", ("r", 1.6))) == ["de"]
    assert settled(candidate("de", ("r", 2.0)), candidate("en", ("r", 1.6))) == ["de", "en"]


def test_more_than_ten_are_many() -> None:
    codes = ["cs", "da", "de", "el", "es", "et", "fi", "fr", "hu", "it", "lv"]
    assert settled(*(candidate(code, (SAID, 4.0)) for code in codes)) == ["mul"]


def test_what_gave_way_stays_a_rival() -> None:
    choice = many.settle(Choice([candidate("de", (SAID, 4.0)), candidate("en", ("r", 1.6))], []))
    assert [c.value for c in choice.rivals] == ["en"]
