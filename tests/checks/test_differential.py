"""Two validators say the same of thousands of broken records, and any bytes are survived."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from curation import canonical, checks, roots
from curation.checks import layout, schema
from curation.records import Evidence, FacetTags, Facts, File, Record, Result, Tag, Tags

PLAIN = json.loads(
    canonical.dumps(
        Record(
            id="acme/bee",
            aliases=("old/bee",),
            facts=Facts(
                revision="a" * 40,
                read_at="2026-11-20T23:41:40Z",
                license="mit",
                gated="manual",
                languages=("en", "ru"),
                parameters={"F32": 12},
                parameters_total=12,
                results=(Result(task="t", dataset="d", metric="m", value=0.5),),
                files=(File(path="config.json", size=12), File(path="model.bin")),
            ),
            tags=Tags(
                languages=FacetTags(
                    state="known",
                    values=(
                        Tag(
                            value="ru",
                            confidence=0.9,
                            evidence=(
                                Evidence(rule="r", signal="name", term="t", line=3, weight=2.0),
                            ),
                        ),
                    ),
                ),
                task=FacetTags(
                    state="conflicting", rivals=(Tag(value="fill-mask", confidence=0.5),)
                ),
            ),
        )
    )
)
SCHEMA = json.loads((roots.schemas() / "record.schema.json").read_text(encoding="utf-8"))
ODD = [None, True, 0, -1, 1.0, 1.5, 10**20, 1e300, "", "x", "ru", "é\U0001f41d", [], {}, [[]]]
ODD += [[1, 1], ["a", "a"], {"a": 1}, {"id": "x"}, "a" * 300, "a" * 40, "a" * 41]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container in ``value`` with each of its keys."""
    found = []
    keys = value if isinstance(value, dict) else range(len(value))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            found.extend(places(value[key]))
    return found


def mutated(dice: random.Random) -> Any:
    value = copy.deepcopy(PLAIN)
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        inside, key = dice.choice(places(value))
        match dice.randrange(5):
            case 0:
                del inside[key]
            case 1 if isinstance(inside, dict):
                inside[dice.choice(["new", "id", "value", "state"])] = copy.deepcopy(
                    dice.choice(ODD)
                )
            case 2 if isinstance(inside, list):
                inside.append(copy.deepcopy(inside[key]))
            case 3:
                other, name = dice.choice(places(PLAIN))
                inside[key] = copy.deepcopy(other[name])
            case _:
                inside[key] = copy.deepcopy(dice.choice(ODD))
    return value


def test_the_compiled_validator_and_the_explaining_one_say_the_same() -> None:
    dice = random.Random(20261120)
    explaining = Draft202012Validator(SCHEMA)
    refused = 0
    for _ in range(4_000):
        value = mutated(dice)
        fits = schema.fits("record", value)
        assert fits == explaining.is_valid(value), value
        refused += not fits
    assert 1_000 < refused < 4_000


def test_a_line_break_behind_a_value_is_refused_and_explained_though_python_overlooks_it() -> None:
    value = copy.deepcopy(PLAIN)
    value["facts"]["read_at"] += "\n"
    assert Draft202012Validator(SCHEMA).is_valid(value)
    (found,) = schema.check("record", "models/acme/bee.json", json.dumps(value), value)
    assert found.code == "CUR105"
    assert found.pointer == "/facts/read_at"


def test_what_is_refused_is_explained() -> None:
    dice = random.Random(7)
    for _ in range(300):
        value = mutated(dice)
        text = json.dumps(value)
        found = schema.check("record", "models/acme/bee.json", text, value)
        assert bool(found) is not schema.fits("record", value)
        assert all(one.message and one.line == 1 and len(one.message) < 500 for one in found)


KINDS = ["models/acme/bee.json", "overrides/acme/bee.toml", "rules/bees.toml", *layout.FILES]
GOOD = {
    "models/acme/bee.json": canonical.dumps(PLAIN).encode(),
    "overrides/acme/bee.toml": b'[tags.domains]\nvalue = ["finance"]\nreason = "r"\n'
    b'by = "me"\non = 2026-01-31\n',
    "catalog.toml": b'name = "bees"\nversion = "1.0.0"\n[packs]\n',
    "popularity.csv": b"id,downloads,likes,checked\nacme/bee,1,2,2026-11-20T08:00:00Z\n",
    "waivers.toml": b'[[waivers]]\ncode = "CUR242"\npath = "p"\nowner = "o"\nreason = "r"\n'
    b"expires = 2026-12-31\n",
}
BOMBS = [
    b"",
    b"\xef\xbb\xbf{}",
    b"\xff\xfe{\0}\0",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"id": ' + b'"' + b"a" * 1_000_000 + b'"}',
    b'{"id": "\\ud800"}',
    b'{"id": NaN, "id": Infinity}',
    b"a = " + b"[" * 5_000 + b"]" * 5_000,
    b"a." * 20_000 + b"b = 1",
    b"a = 1" + b"0" * 10_000,
    b"a = [" + b"{}," * 50_000 + b"]",
    b"".join(b"[t%d]\n" % number for number in range(20_000)),
    b'"""' * 10_000,
    b"\0" * 1_000,
    b"\r\n" * 10_000,
    b"id,downloads,likes,checked\n" + b'"' * 100_000,
]


@pytest.mark.parametrize("path", KINDS)
def test_bombs_are_findings(path: str) -> None:
    for data in BOMBS:
        found = checks.check_file(path, data)
        assert all(one.code in checks.CODES and one.path == path for one in found)
        assert all(len(one.message) < 1_000 for one in found)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_flipped_bytes_are_findings_or_nothing(path: str, data: st.DataObject) -> None:
    spoilt = bytearray(GOOD[path])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        spoilt = spoilt or bytearray(b" ")
    for one in checks.check_file(path, bytes(spoilt)):
        assert one.code in checks.CODES
        assert one.line is None or one.line >= 1


@given(st.sampled_from(KINDS), st.binary(max_size=200))
def test_any_bytes_are_findings_or_nothing(path: str, data: bytes) -> None:
    assert all(one.code in checks.CODES for one in checks.check_file(path, data))


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_what_is_mended_has_no_findings_of_form(old: bytes, new: bytes) -> None:
    data = GOOD["models/acme/bee.json"].replace(old, new) if old else new
    wanted = checks.mended("models/acme/bee.json", data)
    if wanted is not None:
        found = checks.check_file("models/acme/bee.json", wanted)
        assert [one for one in found if one.code < "CUR2"] == []
        assert checks.mended("models/acme/bee.json", wanted) == wanted
