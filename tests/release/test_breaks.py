from __future__ import annotations

import json
from typing import Any

import pytest

from curation import roots
from curation.release.breaks import breaks, grown, of_files


def schema(**properties: Any) -> dict[str, Any]:
    part = {"type": "object", "properties": properties, "required": sorted(properties)}
    items = {"type": "array", "items": {"$ref": "#/$defs/Model"}}
    whole = {"type": "object", "properties": {"models": items}}
    return {
        "$ref": "#/$defs/Document",
        "$defs": {"Document": whole, "Model": part, "Part": {"type": "object"}},
    }


TEXT = {"type": "string"}
TASK = {"enum": ["translation", "summarization", None]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (schema(id=TEXT), schema(id=TEXT), []),
        (schema(id=TEXT), schema(id=TEXT, name=TEXT), []),
        (schema(id=TEXT, name=TEXT), schema(id=TEXT), ["models[].name: gone"]),
        (schema(id=TEXT), schema(id={"type": "integer"}), ["models[].id: was string, is integer"]),
        (
            schema(id=TEXT),
            schema(id={"type": ["string", "null"]}),
            ["models[].id: was string, is null or string"],
        ),
        (
            schema(task=TASK),
            schema(task={"enum": ["translation", None]}),
            ["models[].task: no longer summarization"],
        ),
        (schema(task={"enum": ["translation", None]}), schema(task=TASK), []),
        (
            schema(task=TASK),
            schema(task={"enum": ["translation", "summarization", None, 7]}),
            ["models[].task: was null or string, is integer or null or string"],
        ),
        (
            schema(part={"$ref": "#/$defs/Part"}),
            schema(part={"anyOf": [{"$ref": "#/$defs/Part"}, {"type": "null"}]}),
            ["models[].part: was object, is null or object"],
        ),
    ],
)
def test_what_readers_of_the_old_schema_lose(
    old: dict[str, Any], new: dict[str, Any], expected: list[str]
) -> None:
    assert breaks(old, new) == expected


def test_every_file_counts_and_a_new_one_breaks_nobody() -> None:
    one, less = schema(id=TEXT, name=TEXT), schema(id=TEXT)
    old = {"a.schema.json": one, "b.schema.json": one, "c.schema.json": one}
    new = {"a.schema.json": one, "b.schema.json": less, "d.schema.json": one}
    assert of_files(old, new) == ["b: models[].name: gone", "c: gone"]
    assert grown(old, new) == ["d"]
    assert grown(new, old) == ["b: models[].name", "c"]
    assert grown(old, old) == []


def test_a_new_value_is_growth_and_no_break() -> None:
    old, new = schema(task={"enum": ["translation", None]}), schema(task=TASK)
    assert of_files({"a": old}, {"a": new}) == []
    assert grown({"a": old}, {"a": new}) == ["a: models[].task"]


def test_a_field_that_may_be_absent_breaks() -> None:
    new = schema(id=TEXT, name=TEXT)
    new["$defs"]["Model"]["required"] = ["id"]
    assert breaks(schema(id=TEXT, name=TEXT), new) == ["models[].name: may be absent"]


@pytest.mark.parametrize("name", ["release", "advisor", "changes", "provenance", "record"])
def test_every_schema_of_ours_is_no_break_of_itself_and_misses_what_is_taken_away(
    name: str,
) -> None:
    ours = json.loads((roots.schemas() / f"{name}.schema.json").read_text())
    assert breaks(ours, ours) == []
    title = ours["$ref"].rpartition("/")[2]
    for field in list(ours["$defs"][title]["properties"]):
        less = json.loads(json.dumps(ours))
        del less["$defs"][title]["properties"][field]
        assert breaks(ours, less) == [f"{field}: gone"]
