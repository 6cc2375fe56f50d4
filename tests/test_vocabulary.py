from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import roots, vocabulary
from curation.errors import InputError, UsageError
from curation.vocabulary import NAMES, Vocabulary, load, read

#: Facet of the gold labels → vocabulary of its values.
FACETS = {
    "task": "tasks",
    "subtask": "subtasks",
    "domains": "domains",
    "platforms": "platforms",
    "derivation": "derivations",
}
ALL = [(name, value) for name in NAMES for value in load(name).values.values()]

GOOD = """
[cats]
label = "Cats"
description = "Felines."
aliases = ["cat", "cats"]
"""


@pytest.fixture
def gold(project: Path) -> list[dict[str, object]]:
    files = sorted((project.parent / "shared" / "gold").glob("*.jsonl"))
    if not files:
        pytest.skip("the gold labels are not beside the project")
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pets.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_values_stand_sorted_in_their_file(name: str) -> None:
    text = (roots.VOCABULARIES / f"{name}.toml").read_text(encoding="utf-8")
    slugs = list(tomllib.loads(text))
    assert slugs == sorted(slugs)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_opens_with_what_its_fields_mean(name: str) -> None:
    text = (roots.VOCABULARIES / f"{name}.toml").read_text(encoding="utf-8")
    comment = text.partition("\n[")[0]
    fields = {key for table in tomllib.loads(text).values() for key in table}
    assert [field for field in fields if f"#   {field} " not in comment] == []


@pytest.mark.parametrize(("name", "value"), ALL, ids=lambda x: getattr(x, "slug", x))
def test_a_value_is_fully_described(name: str, value: vocabulary.Value) -> None:
    assert value.label.strip() and value.label == value.label.strip()
    assert value.description.endswith(".") and ". " not in value.description
    assert value.slug == "-".join(vocabulary.key(value.slug).split())


@pytest.mark.parametrize(("name", "value"), ALL, ids=lambda x: getattr(x, "slug", x))
def test_aliases_are_sorted_lower_case_and_said_once(name: str, value: vocabulary.Value) -> None:
    assert list(value.aliases) == sorted(value.aliases)
    assert [alias for alias in value.aliases if alias != vocabulary.key(alias)] == []
    assert len(value.aliases) == len(set(value.aliases))
    assert list(value.tasks) == sorted(set(value.tasks))


@pytest.mark.parametrize("facet", FACETS)
def test_every_gold_label_is_in_its_vocabulary(facet: str, gold: list[dict[str, object]]) -> None:
    values = load(FACETS[facet]).values
    labels = [label for row in gold for label in as_list(row[facet])]
    assert {label for label in labels if label not in values} == set()


def as_list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def test_gold_subtasks_occur_under_the_tasks_that_are_listed(
    gold: list[dict[str, object]],
) -> None:
    subtasks = load("subtasks").values
    strange = {
        (row["subtask"], row["task"])
        for row in gold
        if row["subtask"] and row["task"] and (tasks := subtasks[str(row["subtask"])].tasks)
        if row["task"] not in tasks
    }
    assert strange == set()


def test_subtasks_name_tasks_that_exist() -> None:
    tasks = load("tasks").values
    named = {task for value in load("subtasks").values.values() for task in value.tasks}
    assert named - tasks.keys() == set()


def test_only_the_subtask_other_occurs_under_any_task() -> None:
    assert [slug for slug, v in load("subtasks").values.items() if not v.tasks] == ["other"]


def test_tasks_have_a_modality_and_only_they() -> None:
    assert all((value.modality is not None) == (name == "tasks") for name, value in ALL)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("text-classification", "text-classification"),
        ("Text Classification", "text-classification"),
        (" text_classifier ", "text-classification"),
        ("ASR", "automatic-speech-recognition"),
        ("conversational", "text-generation"),
        ("structured-data-classification", "tabular-classification"),
        ("protein-folding", None),
        ("", None),
    ],
)
def test_a_task_is_found_by_any_of_its_names(text: str, slug: str | None) -> None:
    assert load("tasks").resolve(text) == slug


def test_a_retired_tag_is_no_value_of_its_own() -> None:
    assert "conversational" not in load("tasks").values


def test_a_tag_that_is_still_met_is_marked_as_legacy() -> None:
    legacy = [slug for slug, value in load("tasks").values.items() if value.legacy]
    assert legacy == ["text2text-generation"]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_a_value_finds_it(name: str) -> None:
    words = load(name)
    for slug, value in words.values.items():
        for text in (slug, value.label, *value.aliases, *value.formerly):
            assert words.resolve(text.upper()) == slug


@given(st.text())
def test_any_text_resolves_to_a_value_or_to_none(text: str) -> None:
    words = load("domains")
    assert words.resolve(text) in {None, *words.values}


def test_an_unknown_vocabulary_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="'colours'") as caught:
        load("colours")
    assert "domains" in str(caught.value.hint)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    words = read(write(tmp_path, GOOD))
    assert isinstance(words, Vocabulary)
    assert (words.name, list(words.values), words.resolve("CATS")) == ("pets", ["cats"], "cats")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[cats\n", "not a vocabulary"),
        ('cats = "Felines"\n', "outside of a table"),
        (GOOD.replace('label = "Cats"\n', ""), "missing required field `label`"),
        (GOOD + 'colour = "black"\n', "unknown field `colour`"),
        (GOOD + 'modality = "smell"\n', "smell"),
        (GOOD + GOOD.replace("[cats]", "[dogs]"), "means both 'cats' and 'dogs'"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError, match=r"pets\.toml") as caught:
        read(path)
    assert reason in str(caught.value) and caught.value.hint


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pets.toml").write_bytes(b"\xff\xfe")
    for name in ("pets.toml", "none.toml"):
        with pytest.raises(InputError, match=name):
            read(tmp_path / name)
