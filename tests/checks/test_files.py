from __future__ import annotations

import json
import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import structs

from curation import canonical, checks, roots
from curation.checks import layout, schema
from curation.records import Evidence, FacetTags, Facts, File, Finding, Record, Tag, Tags
from curation.store import tree

EVIDENCE = Evidence(rule="r", signal="name", term="russian", line=3, weight=2.0)
RECORD = Record(
    id="org/name",
    aliases=("old/name",),
    facts=Facts(
        revision="a" * 40,
        read_at="2026-11-20T23:41:40Z",
        license="mit",
        gated=False,
        parameters={"F32": 12},
        files=(File(path="config.json", size=12), File(path="model.bin")),
    ),
    tags=Tags(
        scope=FacetTags(
            state="known", origin="derived", values=(Tag(value="specialized", confidence=0.9),)
        ),
        languages=FacetTags(
            state="known", values=(Tag(value="ru", confidence=0.9, evidence=(EVIDENCE,)),)
        ),
        task=FacetTags(state="conflicting", rivals=(Tag(value="fill-mask", confidence=0.5),)),
    ),
)
DATA = canonical.dumps(RECORD).encode()
PATH = "models/org/name.json"


def told(data: bytes, path: str = PATH) -> list[tuple[str, int | None, str]]:
    return [(one.code, one.line, one.message) for one in checks.check_file(path, data)]


def line_of(text: str, data: bytes = DATA) -> int:
    return data.decode()[: data.decode().index(text)].count("\n") + 1


def test_a_record_as_we_write_it_has_no_finding() -> None:
    assert told(DATA) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"mit"', "3", "/facts/license: expected text or null, got a whole number 3"),
        ('"ru"', '"russian"', "/tags/languages/values/0/value: expected a BCP 47 code"),
        ('"specialized"', '"narrow"', "/tags/scope/values/0/value: "),
        ('"state": "conflicting"', '"state": "torn"', "/tags/task/state: "),
        ('"confidence": 0.5', '"confidence": 50', "expected at most 1, got 50"),
        ('"line": 3', '"line": 0', "/tags/languages/values/0/evidence/0/line: expected at least 1"),
        ('"F32": 12', '"F32": -1', "/facts/parameters/F32: expected at least 0"),
        ('"old/name"', '"../name"', "/aliases/0: expected a model id"),
        ('"old/name"', '"a..b"', "/aliases/0: "),
        ('"2026-11-20T23:41:40Z"', '"yesterday"', "/facts/read_at: expected a time in UTC"),
        ('"gated": false', '"gated": "perhaps"', "/facts/gated: "),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(old: str, new: str, message: str) -> None:
    text = DATA.decode()
    assert text.count(old) == 1
    (found,) = told(text.replace(old, new).encode())
    assert found[:2] == ("CUR105", line_of(old))
    assert message in found[2]


def test_an_undecided_facet_has_no_values() -> None:
    torn = FacetTags(state="unknown", values=(Tag(value="ru", confidence=1),))
    record = structs.replace(RECORD, tags=Tags(languages=torn))
    found = told(canonical.dumps(record).encode())
    assert [message for _, _, message in found] == [
        "/tags/languages/values: expected no value, got 1"
    ]


def test_a_single_facet_has_one_value_at_most() -> None:
    two = FacetTags(
        state="known",
        values=(Tag(value="fill-mask", confidence=1), Tag(value="summarization", confidence=1)),
    )
    record = structs.replace(RECORD, tags=Tags(task=two))
    assert "at most 1" in told(canonical.dumps(record).encode())[0][2]


def test_all_that_is_wrong_is_told_at_once() -> None:
    data = DATA.replace(b'"mit"', b"3").replace(b'"old/name"', b'"a b"').replace(b'"ru"', b'"?"')
    assert [code for code, _, _ in told(data)] == ["CUR105"] * 3


@pytest.mark.parametrize(
    ("data", "code", "line", "message"),
    [
        (DATA.replace(b"\n", b"\r\n"), "CUR106", 1, "not in canonical form"),
        (DATA + b"\n", "CUR106", DATA.count(b"\n") + 2, "canonical"),
        (DATA.replace(b'"mit"', b' "mit"'), "CUR106", line_of('"mit"'), "canonical"),
        (b"\xef\xbb\xbf" + DATA, "CUR103", 1, "byte order mark"),
        (DATA.replace(b'"mit"', b"NaN"), "CUR103", line_of('"mit"'), "not JSON"),
        (DATA.replace(b'"mit"', b'"\\ud800"'), "CUR103", line_of('"mit"'), "not JSON"),
        (DATA.replace(b'"mit"', b'"\xff"'), "CUR103", line_of('"mit"'), "not UTF-8"),
        (DATA[:-9], "CUR103", None, "not JSON"),
        (b"", "CUR103", 1, "not JSON"),
        (DATA.replace(b'"mit"', b"[" * 200_000 + b"]" * 200_000), "CUR103", None, "too deeply"),
        (DATA.replace(b"org/name", b"org/other"), "CUR107", line_of('"org/name"'), "/id: org/oth"),
    ],
)
def test_other_faults_have_their_own_codes(
    data: bytes, code: str, line: int | None, message: str
) -> None:
    found = told(data)
    assert [one[0] for one in found] == [code]
    if line:
        assert found[0][1] == line
    assert message in found[0][2]


def test_a_key_that_is_there_twice_is_told_whatever_else_is() -> None:
    twice = DATA.replace(b'"license": "mit"', b'"license": "mit",\n    "license": "apache-2.0"')
    assert ("CUR104", line_of('"mit"') + 1, "/facts/license: is there twice") in told(twice)
    assert checks.mended(PATH, twice) is None
    both = twice.replace(b'"ru"', b"1")
    assert {code for code, _, _ in told(both)} == {"CUR104", "CUR105"}


@pytest.mark.parametrize(
    ("version", "fix"),
    [(b"2", "upgrade curate"), (b"0", "curate migrate"), (b"-1", "curate migrate")],
)
def test_a_record_of_another_version_is_told_once(version: bytes, fix: str) -> None:
    (found,) = checks.check_file(
        PATH, DATA.replace(b'"schema_version": 1', b'"schema_version": ' + version)
    )
    assert (found.code, found.fix, found.line) == ("CUR108", fix, line_of('"schema_version"'))


@pytest.mark.parametrize(
    "data",
    [
        DATA.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + DATA,
        DATA.replace(b"  ", b"\t"),
        DATA.replace(b'  "aliases": [\n    "old/name"\n  ],\n', b'"aliases":["old/name"],'),
    ],
)
def test_what_is_mechanical_can_be_mended(data: bytes) -> None:
    assert checks.mended(PATH, data) == DATA
    assert {one.fix for one in checks.check_file(PATH, data)} == {"curate validate --fix"}


def test_a_key_that_has_a_default_is_filled_in() -> None:
    data = b'{"schema_version": 1, "id": "org/name"}'
    (found,) = checks.check_file(PATH, data)
    assert found.message == "missing keys aliases, facts, inputs, tags"
    assert checks.mended(PATH, data) == canonical.dumps(Record(id="org/name")).encode()


TEXTS = st.lists(st.text(min_size=1), max_size=4)
COUNTS = st.integers(0, 2**66) | st.floats(0, 1e20).map(round) | st.floats(0, 1e6)
FACTS = {
    "license": st.none() | st.text(),
    "library": st.text(),
    "tags": TEXTS,
    "datasets": TEXTS,
    "architectures": TEXTS,
    "bytes_total": COUNTS,
    "parameters": st.dictionaries(st.text(), COUNTS, max_size=3),
    "files": st.lists(st.fixed_dictionaries({"path": st.text(min_size=1), "size": COUNTS})),
    "note": st.text(),
}


def leaves(value: Any, place: str = "") -> Counter[tuple[str, str]]:
    """What a value says, and where; lists that are sets say it in any order."""
    if isinstance(value, dict) and value:
        return sum((leaves(v, f"{place}/{k}") for k, v in value.items()), Counter())
    if isinstance(value, list) and value:
        return sum((leaves(v, f"{place}/*") for v in value), Counter())
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return Counter([(place, repr(float(value)) if number else repr(value))])


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    facts=st.fixed_dictionaries({}, optional=FACTS),
    gone=st.sets(st.sampled_from(["aliases", "inputs", "tags"])),
    indent=st.sampled_from([None, 1, 4]),
    ascii_=st.booleans(),
)
def test_what_a_record_says_it_says_when_mended(
    facts: dict[str, Any], gone: set[str], indent: int | None, ascii_: bool
) -> None:
    said = {key: value for key, value in json.loads(DATA).items() if key not in gone}
    said["facts"] = {**said["facts"], **facts}
    text = json.dumps(said, indent=indent, ensure_ascii=ascii_)
    wanted = checks.mended(PATH, text.encode("utf-8", "surrogatepass"))
    if wanted is not None:
        assert leaves(said) <= leaves(json.loads(wanted))
        assert checks.mended(PATH, wanted) is None


def test_what_takes_a_person_is_not_mended() -> None:
    for data in (DATA.replace(b'"mit"', b"3"), DATA.replace(b"org/name", b"org/other"), b"{"):
        assert checks.mended(PATH, data) is None
    assert checks.mended("overrides/org/name.toml", b"") is None


@pytest.mark.parametrize(
    ("path", "data", "code", "line"),
    [
        ("models/a b.json", DATA, "CUR107", None),
        ("models/a/b/c.json", DATA, "CUR107", None),
        ("overrides/-a.toml", b"", "CUR107", None),
        ("models/README.md", b"", "CUR102", None),
        ("models/org/name.toml", b"", "CUR102", None),
        ("rules/deep/pack.toml", b"", "CUR102", None),
        ("catalog.toml", b'version = "1.0.0"\nname = "A"', "CUR105", 2),
        ("catalog.toml", b"name = ", "CUR103", 1),
        ("catalog.toml", b'name = "a"\nname = "b"', "CUR103", 2),
        ("popularity.csv", b"id,downloads,likes,checked\na,x,,\n", "CUR103", 2),
        ("waivers.toml", b'\n[[waivers]]\ncode = "X"', "CUR105", 3),
        ("tombstones.toml", b'[[tombstone]]\nid = "a"', "CUR105", 1),
        ("rejections.toml", b"rejections = 1", "CUR105", 1),
        ("overrides/org/name.toml", b"[tags.scope]\nvalue = 'general'", "CUR105", 1),
        ("overrides/org/name.toml", b"[tags.task]\nvalue = 'x'", "CUR105", 1),
        ("overrides/org/name.toml", b"[facts.revision]\nvalue = ''", "CUR105", 1),
        ("rules/mine.toml", b"[[rule]]\nid = 1", "CUR105", 2),
    ],
)
def test_every_kind_of_file_is_checked(path: str, data: bytes, code: str, line: int | None) -> None:
    assert (code, line) in {(one.code, one.line) for one in checks.check_file(path, data)}


DECISION = b'\nreason = "r"\nby = "me"\non = 2026-01-31\n'


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        (b'[tags.domains]\nvalue = ["finance"]', True),
        (b"[tags.domains]\nvalue = []", True),
        (b'[tags.domains]\nvalue = "finance"', False),
        (b'[tags.domains]\nvalue = ["finance", "finance"]', False),
        (b'[tags.task]\nvalue = "fill-mask"', True),
        (b"[tags.task]\nvalue = []", True),
        (b'[tags.task]\nvalue = ["fill-mask"]', False),
        (b'[tags.languages]\nvalue = ["pt-BR"]', True),
        (b'[tags.languages]\nvalue = ["pt_BR"]', False),
        (b'[tags.kinds]\nvalue = ["language"]', True),
        (b'[tags.size_tier]\nvalue = "standard"', False),
        (b'[facts.license]\nvalue = "mit"', True),
        (b"[facts.license]\nvalue = []", True),
        (b'[facts.license]\nvalue = ["mit"]', False),
        (b"[facts.bytes_total]\nvalue = 12", True),
        (b"[facts.bytes_total]\nvalue = -12", False),
        (b"[facts.gated]\nvalue = false", False),
    ],
)
def test_an_override_decides_what_may_be_decided(head: bytes, fits: bool) -> None:
    assert (checks.check_file("overrides/org/name.toml", head + DECISION) == []) is fits


def test_files_that_are_not_ours_are_let_be() -> None:
    assert checks.check_file("README.md", b"\xff") == []
    assert layout.kind_of("models") is None


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "catalog"
    (root / "models" / "org").mkdir(parents=True)
    (root / "catalog.toml").write_text('name = "mine"\nversion = "1.0.0"\n')
    (root / PATH).write_bytes(DATA)
    return root


def found(root: Path, *below: str) -> list[Finding]:
    return checks.check_files(root, below or ("",))


def test_a_clean_catalog_has_no_findings(root: Path) -> None:
    (root / "notes.md").write_text("ours")
    (root / "models" / "org" / ".name.json.0badf00d.tmp").write_text("{")
    assert found(root) == []


def test_what_is_no_plain_file_is_a_finding_and_stops_nothing(root: Path) -> None:
    (root / "models" / "org" / "folder.json").mkdir()
    (root / "models" / "link.json").symlink_to("/etc/passwd")
    os.mkfifo(root / "models" / "pipe.json")
    (root / "overrides").symlink_to(root / "models")
    (root / "rules").write_text("")
    (root / PATH).write_bytes(b"{")
    assert [(one.path, one.code) for one in found(root)] == [
        ("models/link.json", "CUR101"),
        ("models/org/folder.json", "CUR101"),
        ("models/org/name.json", "CUR103"),
        ("models/pipe.json", "CUR101"),
        ("overrides", "CUR101"),
        ("rules", "CUR101"),
    ]


def test_only_what_was_asked_for_is_checked(root: Path) -> None:
    (root / PATH).write_bytes(b"{")
    (root / "models" / "other.json").write_bytes(b"{")
    assert [one.path for one in found(root, "models/org")] == [PATH]
    assert [one.path for one in found(root, "models/other.json")] == ["models/other.json"]
    assert found(root, "models/oth", "catalog.toml") == []


def test_a_file_past_the_bound_is_a_finding(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_BYTES", 100)
    (one,) = found(root)
    assert (one.code, one.message) == ("CUR101", "over 100 bytes")


def test_a_file_that_vanishes_meanwhile_is_none(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path) -> bytes:
        raise FileNotFoundError(path)

    monkeypatch.setattr(tree, "read", gone)
    assert found(root) == []


def test_a_name_that_is_no_text_can_be_written_down(root: Path) -> None:
    Path(os.fsdecode(os.fsencode(root / "models") + b"/\xff.json")).write_bytes(DATA)
    assert {one.path for one in found(root)} == {"models/\\xff.json"}


OVERRIDE = b"""
[tags.domains]
value = ["finance"]
reason = \"\"\"
[not.a.table]
\"\"\"
by = 'me'
on = 2026-01-31
"""
SETTINGS = b'name = "a"\nversion = "1.0.0"\n[[sync.queries]]\ntask = "x"\n'
ROWS = b"id,downloads,likes,checked\na/b,1,2,2026-01-31T10:00:00Z\n"
PIECES = (
    *(b'"', b"'", b'"""', b"{", b"}", b"[", b"]", b"[[", b",", b":", b"=", b".", b"-", b"#"),
    *(b"\\", b"\\u", b"null", b"nan", b"1e999", b"true", b"9" * 25, b"\n", b"\r\n", b"1979-05-27"),
    *(b"\xff", b"\x00", b"\xef\xbb\xbf", b"\xed\xa0\x80"),
)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (PATH, DATA),
        ("overrides/a/b.toml", OVERRIDE),
        ("catalog.toml", SETTINGS),
        ("popularity.csv", ROWS),
    ],
)
def test_mutated_files_give_findings_and_never_an_error(path: str, data: bytes) -> None:
    dice = random.Random(20261120)
    for _ in range(600):
        changed = bytearray(data)
        for _ in range(dice.randint(1, 3)):
            at = dice.randrange(len(changed) + 1)
            changed[at : at + dice.randint(0, 4)] = dice.choice(PIECES)
        for one in checks.check_file(path, bytes(changed)):
            assert one.code in checks.CODES
            assert len(one.message) < 400
            assert one.line is None or 1 <= one.line <= changed.count(b"\n") + 2


def test_of_a_key_that_is_there_a_thousand_times_some_are_told() -> None:
    data = DATA.replace(b'"license": "mit"', b",".join([b'"license": "mit"'] * 1_000))
    assert sum(code == "CUR104" for code, _, _ in told(data)) == 20


def test_both_validators_say_the_same_of_mutated_values() -> None:
    text = (roots.schemas() / "record.schema.json").read_text(encoding="utf-8")
    slow = Draft202012Validator(json.loads(text))
    dice = random.Random(20261121)
    for _ in range(400):
        value = mutated(json.loads(DATA), dice)
        assert schema.fits("record", value) is slow.is_valid(value)


def mutated(value: object, dice: random.Random) -> object:
    """``value`` with one place in it replaced, dropped or added to."""
    strange = [None, True, -1, 0.5, "", "x", [], {}, ["a"], {"a": 1}, "2026-01-01", 10**20]
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(sorted(value))
        if dice.random() < 0.1:
            return {name: item for name, item in value.items() if name != key}
        return {**value, key: mutated(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.9:
        at = dice.randrange(len(value))
        return [*value[:at], mutated(value[at], dice), *value[at + 1 :]]
    return dice.choice(strange)
