from __future__ import annotations

import json
from typing import Any

import pytest

from curation import canonical
from curation.errors import InputError
from curation.records import SCHEMA_VERSION, Evidence, Record
from curation.store import migrate

OLD: dict[str, Any] = {
    "schema_version": 0,
    "id": "org/name",
    "aliases": ["name"],
    "facts": {"license": "mit", "revision": "a" * 40},
    "tags": {
        "languages": [
            {
                "value": "ru",
                "confidence": 0.9,
                "evidence": [{"rule": "r", "signal": "name", "term": "russian", "weight": 2.0}],
            }
        ],
        "task": [
            {"value": "fill-mask", "confidence": 0.6},
            {"value": "text-generation", "confidence": 0.5},
        ],
        "scope": [{"value": "specialized", "confidence": 0.9}],
        "domains": [],
    },
}


def lifted(old: object) -> Record:
    return migrate.record(json.dumps(old).encode(), "org/name", "here")


def test_version_0_keeps_facts_aliases_values_and_evidence() -> None:
    found = lifted(OLD)
    assert found.schema_version == SCHEMA_VERSION
    assert found.aliases == ("name",)
    assert found.facts.license == "mit"
    (tag,) = found.tags.languages.values
    assert (tag.value, tag.confidence) == ("ru", 0.9)
    assert tag.evidence == (Evidence(rule="r", signal="name", term="russian", weight=2.0),)


def test_version_0_gets_states_and_origins() -> None:
    tags = lifted(OLD).tags
    assert (tags.languages.state, tags.languages.origin) == ("known", "rules")
    assert (tags.scope.state, tags.scope.origin) == ("known", "derived")
    assert tags.domains.state == tags.platforms.state == "unknown"


def test_two_values_of_a_single_facet_are_a_conflict() -> None:
    task = lifted(OLD).tags.task
    assert (task.state, task.values) == ("conflicting", ())
    assert {tag.value for tag in task.rivals} == {"fill-mask", "text-generation"}


def test_what_the_tags_rest_on_is_not_invented() -> None:
    assert set(canonical.dumps(lifted(OLD).inputs).split()) & {"null,", "null"}
    assert lifted(OLD).inputs.facts is None


def test_todays_version_is_read_as_it_is() -> None:
    record = Record(id="org/name")
    assert migrate.record(canonical.dumps(record).encode(), "org/name", "here") == record


def test_lifting_twice_is_lifting_once() -> None:
    once = lifted(OLD)
    assert migrate.record(canonical.dumps(once).encode(), "org/name", "here") == once


def test_there_is_a_step_to_every_version() -> None:
    assert set(migrate.STEPS) == set(range(1, SCHEMA_VERSION + 1))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema_version": SCHEMA_VERSION + 1}, "newer than ours"),
        ({"schema_version": -1}, "older than ours"),
        ({"tags": {"task": ["fill-mask"]}}, "not a record of schema version 0"),
        ({"facts": {"licence": "mit"}}, "not a record of schema version 0"),
        ({"id": "org/other"}, "is the record of 'org/other'"),
    ],
)
def test_what_cannot_be_lifted_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        lifted(OLD | change)
