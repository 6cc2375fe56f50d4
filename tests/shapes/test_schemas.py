from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from curation import checks, roots, vocabulary
from curation.records import FACETS, SINGLE, Facts
from curation.shapes import KINDS, Kind, schema
from curation.shapes.keywords import flatten, merge
from curation.shapes.refine import IMPLIED, refinements
from curation.store import toml
from curation.store.decisions import CORRECTABLE

NAMES = [kind.name for kind in KINDS]
#: Read by tools that are older than the next field, so they stay open.
PUBLISHED = {"advisor", "changes", "left-out", "provenance", "release"}


def built(name: str) -> dict[str, Any]:
    return schema(next(kind for kind in KINDS if kind.name == name))


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_every_schema_is_one_and_says_what_it_is(kind: Kind) -> None:
    found = schema(kind)
    Draft202012Validator.check_schema(found)
    assert found["$id"] == f"urn:curate:schema:{kind.name}:1"
    assert found["title"]
    for definition in found["$defs"].values():
        assert definition["title"]
        assert definition["description"]
        if kind.name not in PUBLISHED:
            assert definition["additionalProperties"] is False


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_the_files_are_what_the_types_say(kind: Kind) -> None:
    text = (roots.schemas() / f"{kind.name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == json.loads(json.dumps(schema(kind)))


def test_every_refinement_refines_something() -> None:
    fields = {
        name if field is None else f"{name}.{field}"
        for kind in KINDS
        for name, definition in schema(kind)["$defs"].items()
        for field in (None, *definition["properties"])
    }
    assert set(refinements()) - fields == set()
    assert set(IMPLIED) <= fields
    assert set(CORRECTABLE) <= set(Facts.__struct_fields__)


def test_facets_draw_on_the_vocabularies() -> None:
    tags = built("record")["$defs"]["Tags"]["properties"]
    assert set(FACETS) <= set(tags)
    for facet, name in (("task", "tasks"), ("subtask", "subtasks"), ("domains", "domains")):
        for side in ("values", "rivals"):
            value = tags[facet]["properties"][side]["items"]["properties"]["value"]
            assert value["enum"] == sorted(vocabulary.load(name).values)
    single = {name for name in FACETS if "maxItems" in tags[name]["properties"]["values"]}
    assert single == SINGLE


def test_a_record_has_every_key_and_people_may_leave_out_defaults() -> None:
    record = built("record")["$defs"]
    assert all(
        set(definition["required"]) == set(definition["properties"])
        for definition in record.values()
    )
    assert built("catalog")["$defs"]["Settings"]["required"] == ["name", "version"]


def test_packs_and_vocabularies_of_the_package_fit() -> None:
    from curation.checks import schema as against

    files = [("pack", path) for path in sorted(roots.RULES.glob("*.toml"))]
    files += [("vocabulary", roots.VOCABULARIES / f"{name}.toml") for name in vocabulary.NAMES]
    assert len(files) > len(vocabulary.NAMES)
    for kind, path in files:
        data = path.read_bytes()
        assert against.check(kind, path.name, data.decode(), toml.loads(data)) == []


def test_every_kind_of_file_in_a_catalog_has_a_schema() -> None:
    from curation.checks.layout import FILES, ROOMS

    kinds = {*FILES.values(), *(room.kind for room in ROOMS.values())} - {"popularity"}
    assert kinds <= set(NAMES)
    assert checks.CODES


@pytest.mark.parametrize(
    ("choice", "flat"),
    [
        (
            [{"type": "string", "pattern": "a"}, {"type": "null"}],
            {"type": ["string", "null"], "pattern": "a"},
        ),
        (
            [{"enum": ["a"]}, {"type": "boolean"}, {"type": "null"}],
            {"enum": ["a", True, False, None]},
        ),
        ([{"enum": ["a"]}, {"type": "string"}], None),
        ([{"$ref": "#/$defs/A"}, {"type": "null"}], None),
    ],
)
def test_choices_are_flattened_where_that_says_the_same(
    choice: list[Any], flat: dict[str, Any] | None
) -> None:
    value: dict[str, Any] = {"anyOf": choice}
    flatten(value)
    assert value == (flat or {"anyOf": choice})


def test_merging_goes_deep_and_shares_nothing() -> None:
    addition = {"a": {"b": [1]}}
    first: dict[str, Any] = {"a": {"c": 2}}
    second: dict[str, Any] = {}
    merge(first, addition)
    merge(second, addition)
    second["a"]["b"].append(3)
    assert first == {"a": {"b": [1], "c": 2}}
    assert addition == {"a": {"b": [1]}}


def test_the_script_finds_no_drift_and_tells_what_has_drifted(
    project: Path, tmp_path: Path
) -> None:
    code = f"""
import runpy, sys
from pathlib import Path
sys.argv = ["scripts/build_schemas.py", *sys.argv[1:]]
sys.path.insert(0, {str(project)!r})
module = runpy.run_path({str(project / "scripts" / "build_schemas.py")!r})
main = module["main"]
main.__globals__["FOLDER"] = Path({str(tmp_path)!r}) / "schemas"
sys.exit(main())
"""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert run("--check").returncode == 1
    assert run().returncode == 0
    assert run("--check").returncode == 0
    (tmp_path / "schemas" / "record.schema.json").write_text("{}")
    (tmp_path / "schemas" / "old.schema.json").write_text("{}")
    done = run("--check")
    assert done.returncode == 1
    assert "old.schema.json has drifted" in done.stderr
    assert "record.schema.json has drifted" in done.stderr
    assert run().returncode == 0
    assert {path.name for path in (tmp_path / "schemas").iterdir()} == {
        f"{name}.schema.json" for name in NAMES
    }
