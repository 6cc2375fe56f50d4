from __future__ import annotations

from msgspec import structs

from curation.records import Decision, Evidence, FacetTags, Facts, Override, Record, Tag, Tags
from curation.review import State, digest, lines
from curation.rules import Pack, Rule
from curation.store.popularity import Popularity
from curation.store.settings import Settings

EVIDENCE = Evidence(rule="language.name", signal="name", term="russian", line=4, weight=2.5)
RU = FacetTags(state="known", values=(Tag(value="ru", confidence=0.9, evidence=(EVIDENCE,)),))
TORN = FacetTags(state="conflicting", rivals=(Tag(value="ru", confidence=0.5),))
RULE = Rule(
    id="own", why="w", places={"name": 1}, supports="task:x", accepts=("a",), rejects=("b",)
)


def told(old: State, new: State) -> list[str]:
    return [line.text for line in lines(digest(old, new))]


def shown(before: list[Record], after: list[Record]) -> list[str]:
    """What is said below the line that names the two states."""
    old = State(name="old", records={one.id: one for one in before})
    new = State(name="new", records={one.id: one for one in after})
    first, *rest = told(old, new)
    assert first == "old → new"
    return rest


def models(count: int, record: Record) -> list[Record]:
    return [structs.replace(record, id=f"o/m{number:03}") for number in range(count)]


def test_nothing_is_said_of_equal_states() -> None:
    assert shown([], []) == ["nothing changed"]


def test_a_tag_is_shown_with_what_speaks_for_it() -> None:
    record = Record(id="o/m")
    assert shown([record], [structs.replace(record, tags=Tags(languages=RU))]) == [
        "Tags changed: 1",
        "  language.name moved 1 model to ru (languages)",
        "    o/m languages: unknown → ru",
        "      now: language.name on russian in name:4 (+2.5 for ru)",
    ]


def test_a_rule_that_moved_many_is_one_group_with_a_few_examples() -> None:
    found = shown(models(14, Record(id="-")), models(14, Record(id="-", tags=Tags(languages=RU))))
    assert found[0] == "Tags changed: 14"
    assert found[1] == "  language.name moved 14 models to ru (languages)"
    assert sum("unknown → ru" in line for line in found) == 3
    assert found[-1] == "    … and 11 more (--json lists all)"


def test_every_removal_is_named() -> None:
    found = shown(models(200, Record(id="-")), [])
    assert found[0] == "Removed: 200"
    assert len(found) == 201


def test_what_came_says_what_it_is_and_is_cut_short() -> None:
    found = shown([], models(30, Record(id="-", facts=Facts(license="mit"))))
    assert found[1] == "  o/m000: licence mit"
    assert found[-1] == "  … and 10 more (--json lists all)"


def test_routine_is_counted() -> None:
    before = models(5, Record(id="-"))
    after = models(5, Record(id="-", facts=Facts(revision="b" * 40, bytes_total=1)))
    assert shown(before, after) == ["Routine: 10 in 5 models", "  bytes_total 5, revision 5"]


def test_facts_and_names_are_shown_old_and_new() -> None:
    before = [Record(id="o/a", facts=Facts(languages=("en",), license="mit")), Record(id="o/b")]
    after = [
        Record(id="o/a", facts=Facts(languages=("en", "de"))),
        Record(id="n/b", aliases=("o/b",)),
    ]
    assert shown(before, after) == [
        "Licence or access changed: 1",
        "  o/a license: mit → unstated",
        "Renamed: 1",
        "  o/b → n/b",
        "Facts changed: 1",
        "  o/a languages: en → en, de",
    ]


def test_a_conflict_is_called_one() -> None:
    before, after = (
        Record(id="o/m", tags=Tags(languages=RU)),
        Record(id="o/m", tags=Tags(languages=TORN)),
    )
    assert "  o/m languages: ru → conflicting" in shown([before], [after])


def test_long_values_are_clipped() -> None:
    after = Record(id="o/m", facts=Facts(license="x" * 10_000))
    assert max(map(len, shown([Record(id="o/m")], [after]))) < 150


def test_nothing_but_popularity_is_one_line() -> None:
    old = State(name="old", popularity={f"o/m{n}": Popularity(likes=1) for n in range(200)})
    new = State(name="new", popularity={f"o/m{n}": Popularity(likes=2) for n in range(200)})
    assert told(old, new) == ["old → new: nothing but popularity changed, of 200 models"]


def test_a_decision_is_told_once_with_who_and_why() -> None:
    decision = Decision(value=("ru",), reason="the card says so", by="ann", on="2026-01-01")
    decided = Override(tags={"languages": decision})
    ours = structs.replace(RU, origin="override")
    old = State(name="old", records={"o/m": Record(id="o/m")})
    new = State(
        name="new",
        records={"o/m": Record(id="o/m", tags=Tags(languages=ours))},
        overrides={"o/m": decided},
    )
    assert told(old, new)[1:3] == [
        "Decisions: 1",
        "  o/m languages: decided, unknown → ru, by ann: the card says so",
    ]
    assert len(told(old, new)) == 4  # and its evidence


def test_a_fact_that_a_person_corrects_is_shown_as_corrected() -> None:
    fix = Decision(value="apache-2.0", reason="the file LICENSE", by="ann", on="2026-01-01")
    override = Override(facts={"license": fix})
    old = State(
        name="old",
        records={"o/m": Record(id="o/m", facts=Facts(license="mit"))},
        overrides={"o/m": override},
    )
    new = State(name="new", records={"o/m": Record(id="o/m")}, overrides={"o/m": override})
    assert "  o/m license: mit → unstated (corrected by a person to apache-2.0)" in told(old, new)


def test_rules_and_pins_say_what_they_moved() -> None:
    pack = Pack(name="own", version="1.0.0", about="a", rule=(RULE,))
    edited = structs.replace(pack, rule=(structs.replace(RULE, terms=("x",)),))
    moved = FacetTags(
        state="known",
        values=(Tag(value="x", confidence=1, evidence=(structs.replace(EVIDENCE, rule="own"),)),),
    )
    old = State(
        name="old",
        records={"o/m": Record(id="o/m")},
        packs={"rules/own.toml": pack},
        settings=Settings(name="c", version="1.0.0", packs={"tasks": "0.0.1"}),
    )
    new = State(
        name="new",
        records={"o/m": Record(id="o/m", tags=Tags(task=moved))},
        packs={"rules/own.toml": edited},
        settings=Settings(name="c", version="1.0.1", packs={"tasks": "0.0.2"}),
    )
    assert told(old, new)[1:5] == [
        "Rules, pins and settings: 3",
        "  rule own edited (terms); moved 1 tag of 1 model",
        "  pin of tasks 0.0.1 → 0.0.2; moved no tag",
        "  setting version 1.0.0 → 1.0.1",
    ]
