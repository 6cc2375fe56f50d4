"""The formats of findings: SARIF, annotations, explanations, waivers in the total."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from curation.checks import CODES
from curation.cli.main import main
from curation.records import Facts, Record
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"minLength": 1}}}
#: The schema of the standard (OASIS SARIF 2.1.0, as SchemaStore publishes it), unchanged but for
#: the ends of its lines.
OFFICIAL = Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json"
#: What SARIF 2.1.0 demands of the parts that we write, closed so that nothing else slips in.
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"items": {"$ref": "#/$defs/run"}, "minItems": 1},
    },
    "$defs": {
        "run": {
            "required": ["tool", "results"],
            "additionalProperties": False,
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                "tool": {
                    "required": ["driver"],
                    "properties": {
                        "driver": {
                            "required": ["name"],
                            "additionalProperties": False,
                            "properties": {
                                "name": {"type": "string"},
                                "semanticVersion": {"type": "string"},
                                "rules": {
                                    "uniqueItems": True,
                                    "items": {"$ref": "#/$defs/rule"},
                                },
                            },
                        }
                    },
                },
            },
        },
        "rule": {
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "shortDescription": TEXT,
                "fullDescription": TEXT,
                "defaultConfiguration": {
                    "properties": {"level": {"enum": ["none", "note", "warning", "error"]}}
                },
            },
        },
        "result": {
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": TEXT,
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            },
        },
        "location": {
            "additionalProperties": False,
            "properties": {
                "physicalLocation": {
                    "required": ["artifactLocation"],
                    "properties": {
                        "artifactLocation": {
                            "properties": {
                                "uri": {"type": "string", "pattern": "^[^ \\\\]+$"},
                                "uriBaseId": {"const": "%SRCROOT%"},
                            }
                        },
                        "region": {"properties": {"startLine": {"minimum": 1}}},
                    },
                },
                "logicalLocations": {
                    "items": {"properties": {"fullyQualifiedName": {"type": "string"}}}
                },
            },
        },
    },
}


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Catalog:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "deep"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    main(["init"])
    made = Catalog(folder / "catalog")
    made.write(Record(id="acme/bee-35b", facts=Facts(private=True, bytes_total=10)))
    (made.root / "models" / "100%, a: b\n.json").write_text("{")
    capsys.readouterr()
    return made


def official() -> Any:
    return json.loads(OFFICIAL.read_text(encoding="utf-8"))


def test_the_schema_of_the_standard_refuses_what_is_no_log() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(official()).validate({"version": "2.1.0", "runs": [{}]})


def test_sarif_is_what_its_schema_demands(catalog: Catalog, capsys: Captured) -> None:
    assert main(["validate", "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(SARIF).validate(log)
    jsonschema.Draft4Validator(official()).validate(log)
    (run,) = log["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(ids[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    (private,) = (one for one in run["results"] if one["ruleId"] == "CUR252")
    place = private["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "deep/catalog/models/acme/bee-35b.json"
    text = catalog.path("acme/bee-35b").read_text().splitlines()
    assert '"private": true' in text[place["region"]["startLine"] - 1]


def test_what_the_hub_says_is_no_link_in_a_log(catalog: Catalog, capsys: Captured) -> None:
    facts = Facts(revision="0" * 40, license="[free](https://example.org)")
    catalog.write(Record(id="acme/bee", facts=facts))
    main(["validate", "--format", "sarif"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    (told,) = (one for one in run["results"] if one["ruleId"] == "CUR232")
    assert "[free] (https://example.org)" in told["message"]["text"]


def test_a_line_is_underlined_as_it_is_shown(catalog: Catalog, capsys: Captured) -> None:
    (catalog.root / "waivers.toml").write_bytes(b'"\x1b" = 1 \r\n')
    main(["validate"])
    shown = capsys.readouterr().out.splitlines()
    at = next(at for at, row in enumerate(shown) if row.startswith("     1 | "))
    assert shown[at + 1].count("^") == len(shown[at].partition("| ")[2])


@pytest.mark.parametrize("code", ["CUR101", "CUR245"])
def test_an_explanation_is_data_too(code: str, capsys: Captured) -> None:
    assert main(["validate", "--explain", code, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["why"]
    assert told["right"]
    assert told["fix"] != "{id}"


def test_a_clean_catalog_is_a_log_without_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["init"])
    capsys.readouterr()
    assert main(["validate", "--format", "sarif"]) == 0
    log = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(SARIF).validate(log)
    jsonschema.Draft4Validator(official()).validate(log)
    assert log["runs"][0]["results"] == []


def test_annotations_stand_in_the_files_of_the_repository(
    catalog: Catalog, capsys: Captured
) -> None:
    assert main(["validate", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    (private,) = (line for line in lines if "CUR252" in line and line.startswith("::"))
    assert private.startswith("::error file=deep/catalog/models/acme/bee-35b.json,line=")
    assert ",title=CUR252::private on the Hub" in private
    odd = next(line for line in lines if "100%25" in line)
    assert odd.startswith("::error file=deep/catalog/models/100%25%2C a%3A b\\n.json,line=1,title=")
    assert lines[-1].startswith("findings: ")


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_can_be_explained(code: str, capsys: Captured) -> None:
    assert main(["validate", "--explain", code]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{code} {CODES[code].title}")
    assert "right: " in shown or "wrong: " in shown


def test_a_code_is_known_in_small_letters(capsys: Captured) -> None:
    assert main(["validate", "--explain", "cur245"]) == 0
    assert capsys.readouterr().out.startswith("CUR245 ")


def test_a_waiver_with_the_path_that_was_shown_is_told_the_one_to_write(
    catalog: Catalog, capsys: Captured
) -> None:
    (catalog.root / "waivers.toml").write_text(
        '[[waivers]]\ncode = "CUR252"\npath = "deep/catalog/models/acme/bee-35b.json"\n'
        'owner = "ada"\nreason = "Ours, and soon public."\nexpires = 2999-01-01\n'
    )
    assert main(["validate"]) == 1
    told = "paths are from the catalog's folder: models/acme/bee-35b.json"
    assert told in capsys.readouterr().out


def test_a_code_that_does_not_exist_is_exit_2(capsys: Captured) -> None:
    assert main(["validate", "--explain", "CUR24"]) == 2
    assert "no code 'CUR24'" in capsys.readouterr().err


def test_waived_findings_are_counted_and_do_not_fail(catalog: Catalog, capsys: Captured) -> None:
    (catalog.root / "models" / "100%, a: b\n.json").unlink()
    waivers = [
        f'[[waivers]]\ncode = "{code}"\npath = "models/acme/bee-35b.json"\nowner = "ada"\n'
        'reason = "Ours, and soon public."\nexpires = 2999-01-01\n'
        for code in ("CUR252", "CUR245")
    ]
    (catalog.root / "waivers.toml").write_text("\n".join(waivers))
    assert main(["validate"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("; waived: 2")
    catalog.write(Record(id="acme/bee-35b", facts=Facts(private=True)))
    assert main(["validate", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in told["findings"] if one["severity"] == "error"] == ["CUR261"]
