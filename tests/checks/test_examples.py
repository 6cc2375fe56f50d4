"""Each code's wrong example has the finding, and its right one has not."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from curation import canonical
from curation.checks import CODES, gate, manual, table
from curation.checks.cache import Cache
from curation.checks.codes import finding
from curation.checks.lines import place_of
from curation.checks.sources import Folder
from curation.cli import recheck
from curation.cli.main import main
from curation.pipeline import tag_catalog
from curation.records import Finding, Inputs, Record, Tags
from curation.store.catalog import Catalog

TODAY = "2026-11-20"
#: Those of ``audit`` and ``import``, and those that take a Hub, are tried where these are tested.
AUDITED = {code for code in CODES if code.startswith(("CUR4", "CUR5", "CUR6"))}
SETTINGS = 'name = "bees"\nversion = "1.0.0"\n'


def merged(base: Any, given: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(given, dict)):
        return given
    return {**base, **{key: merged(base.get(key), value) for key, value in given.items()}}


def empty_record(model_id: str) -> Any:
    revision = canonical.hash_bytes(model_id.encode())[-40:]
    facts = {
        "revision": revision,
        "read_at": "2026-11-20T00:00:00Z",
        "license": "mit",
        "gated": False,
        "private": False,
    }
    plain = msgspec.to_builtins(Record(id=model_id))
    return merged(plain, {"facts": facts})


def put(root: Path, files: dict[str, str], page: manual.Page) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".json") and (text == "{}" or not page.raw):
            base = json.loads(path.read_text()) if path.exists() else empty_record(name[7:-5])
            text = canonical.dumps(merged(base, json.loads(text)))
        if name.endswith(".csv"):
            text = text.lstrip("\n")
        path.write_text(text)


def built(root: Path, files: dict[str, str], page: manual.Page, *, tagged: str | None) -> None:
    root.mkdir(parents=True)
    (root / "catalog.toml").write_text(SETTINGS)
    models = [name for name in files if name.startswith("models/")]
    if tagged == "before":
        put(root, dict.fromkeys(models, "{}"), page)
        assert list(tag_catalog(Catalog(root), Catalog(root).ids()))
    put(root, files, page)
    if tagged == "after":
        for model_id in Catalog(root).ids():
            Catalog(root).write(
                msgspec.structs.replace(
                    Catalog(root).record(model_id), tags=Tags(), inputs=Inputs()
                )
            )
        assert list(tag_catalog(Catalog(root), Catalog(root).ids()))


def findings(root: Path) -> list[Finding]:
    cache = Cache(None)
    source = Folder(root)
    outcome = gate.run(source, cache, today=TODAY, rules=recheck.rules)
    more = [*recheck.findings(root, source, outcome, cache), *table.findings(outcome.world)]
    report = gate.report(outcome, more, gate.ASKED | table.CODES)
    return gate.located(source, report.findings)


def committed(root: Path, ids: tuple[str, ...]) -> None:
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for model_id in ids:
        path = root / "models" / f"{model_id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(canonical.dumps(empty_record(model_id)))
    subprocess.run([*git[:3], "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "before"], check=True)
    for model_id in ids:
        (root / "models" / f"{model_id}.json").unlink()


def test_every_code_has_its_page() -> None:
    assert list(manual.pages()) == list(CODES)


def says(root: Path, one: Finding) -> bool:
    """Whether the line that a finding points at names what it is about."""
    place = place_of(one.pointer)
    if one.line is None:
        return not place
    line = (root / one.path).read_text().splitlines()[one.line - 1]
    return not place or isinstance(place[-1], int) or place[-1] in line


@pytest.mark.parametrize("code", sorted(set(CODES) - AUDITED))
def test_what_is_wrong_is_found(code: str, tmp_path: Path) -> None:
    page = manual.page(code)
    root = tmp_path / "catalog"
    built(root, page.wrong, page, tagged=page.tagged)
    for name, target in page.links.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)
    if page.before:
        committed(root, page.before)
    found = [one for one in findings(root) if one.code == code]
    assert found
    assert all(one.severity == CODES[code].severity and one.message for one in found)
    if not page.links and not page.before:
        assert found[0].path in page.wrong
        assert all(says(root, one) for one in found)


@pytest.mark.parametrize("code", sorted(set(CODES) - AUDITED))
def test_what_is_right_is_let_be(code: str, tmp_path: Path) -> None:
    page = manual.page(code)
    root = tmp_path / "catalog"
    built(root, page.right, page, tagged="after" if page.tagged else None)
    if page.before:
        committed(root, page.before)
    found = findings(root)
    assert [one for one in found if one.code == code or one.severity == "error"] == []


#: What a person would put in for the words in capitals.
DECIDED = {
    "BYTES": "70000000000",
    "LICENCE": "cc-by-nc-4.0",
    "SUBTASK": "age-estimation",
    "TASK": "image-classification",
    "WHY": "The card says so.",
}
#: Commands that need a Hub, a person at a terminal or an older version, which there is not yet.
ELSEWHERE = ("curate sync", "curate review", "curate migrate")
COMMANDS = {
    code
    for code, about in CODES.items()
    if about.fix and about.fix.startswith("curate ") and not about.fix.startswith(ELSEWHERE)
}


def in_tagged_records(root: Path) -> None:
    """Let the records be tagged, but say what they said."""
    catalog = Catalog(root)
    before = list(catalog.records())
    assert list(tag_catalog(catalog, catalog.ids()))
    for old in before:
        catalog.write(msgspec.structs.replace(catalog.record(old.id), tags=old.tags))


@pytest.mark.parametrize("code", sorted(COMMANDS))
def test_the_command_that_a_finding_names_mends_it(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = manual.page(code)
    root = tmp_path / "catalog"
    built(root, page.wrong, page, tagged=page.tagged)
    (found,) = {one.fix for one in findings(root) if one.code == code and one.fix}
    words = [DECIDED.get(word, word) for word in shlex.split(found)]
    assert words[0] == "curate"
    if words[1] == "override":
        in_tagged_records(root)
    monkeypatch.chdir(tmp_path)
    offline = ["--offline"] if words[1] in {"override", "tag"} else []
    main([*words[1:], *offline])
    assert [one for one in findings(root) if one.code == code] == []


@pytest.mark.parametrize("code", [c for c, about in CODES.items() if about.fix == "curate review"])
def test_what_a_review_mends_waits_for_one(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = manual.page(code)
    built(tmp_path / "catalog", page.wrong, page, tagged=page.tagged)
    in_tagged_records(tmp_path / "catalog")
    monkeypatch.chdir(tmp_path)
    assert main(["review", "--list", "--offline"]) == 0
    assert "acme/bee  license  " in capsys.readouterr().out


@pytest.mark.parametrize("code", ["CUR211", "CUR242"])
def test_what_is_no_id_stands_in_no_command(code: str) -> None:
    assert "acme/bee" in str(finding(code, "models/acme/bee.json", "").fix)
    assert finding(code, "models/$(reboot).json", "").fix is None
