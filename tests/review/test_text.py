from __future__ import annotations

from msgspec import structs

from curation.records import Evidence, FacetTags, Facts, Record, Tag, Tags
from curation.review import compare, lines

EVIDENCE = Evidence(rule="language.name", signal="name", term="russian", line=4, weight=2.5)
RU = FacetTags(state="known", values=(Tag(value="ru", confidence=0.9, evidence=(EVIDENCE,)),))
TORN = FacetTags(state="conflicting", rivals=(Tag(value="ru", confidence=0.5),))


def shown(before: list[Record], after: list[Record]) -> list[str]:
    changes = compare({one.id: one for one in before}, {one.id: one for one in after})
    return [line.text for line in lines(changes)]


def models(count: int, record: Record) -> list[Record]:
    return [structs.replace(record, id=f"o/m{number:03}") for number in range(count)]


def test_a_tag_is_shown_with_what_speaks_for_it() -> None:
    record = Record(id="o/m")
    assert shown([record], [structs.replace(record, tags=Tags(languages=RU))]) == [
        "tags changed: 1",
        "  language.name moved languages of 1 model",
        "    o/m  languages: unknown → ru",
        "      now: language.name on 'russian' in name:4 (+2.5)",
    ]


def test_a_rule_that_moved_many_is_one_group_with_a_few_examples() -> None:
    found = shown(models(14, Record(id="-")), models(14, Record(id="-", tags=Tags(languages=RU))))
    assert found[0] == "tags changed: 14"
    assert found[1] == "  language.name moved languages of 14 models"
    assert sum("unknown → ru" in line for line in found) == 3
    assert found[-1] == "    … and 11 more (--json lists all)"


def test_every_removal_is_named() -> None:
    found = shown(models(200, Record(id="-")), [])
    assert found[0] == "removed: 200"
    assert len(found) == 201


def test_what_came_says_what_it_is_and_is_cut_short() -> None:
    found = shown([], models(30, Record(id="-", facts=Facts(license="mit"))))
    assert found[1] == "  o/m000  licence mit"
    assert found[-1] == "  … and 10 more (--json lists all)"


def test_routine_is_counted() -> None:
    before = models(5, Record(id="-"))
    after = models(5, Record(id="-", facts=Facts(revision="b" * 40, bytes_total=1)))
    assert shown(before, after) == ["routine: 10 in 5 models", "  bytes_total 5, revision 5"]


def test_facts_and_names_are_shown_old_and_new() -> None:
    before = [Record(id="o/a", facts=Facts(languages=("en",), license="mit")), Record(id="o/b")]
    after = [
        Record(id="o/a", facts=Facts(languages=("en", "de"))),
        Record(id="n/b", aliases=("o/b",)),
    ]
    assert shown(before, after) == [
        "licence or gating changed: 1",
        "  o/a  license: mit → unstated",
        "renamed: 1",
        "  o/b → n/b",
        "facts changed: 1",
        '  o/a  languages: ["en"] → ["en","de"]',
    ]


def test_a_conflict_is_called_one() -> None:
    before, after = (
        Record(id="o/m", tags=Tags(languages=RU)),
        Record(id="o/m", tags=Tags(languages=TORN)),
    )
    assert "  o/m  languages: ru → conflicting" in shown([before], [after])


def test_long_values_are_clipped() -> None:
    after = Record(id="o/m", facts=Facts(license="x" * 10_000))
    assert max(map(len, shown([Record(id="o/m")], [after]))) < 150
