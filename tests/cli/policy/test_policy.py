from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec import structs

from curation.cli.main import main
from curation.records import Facts, Record
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Catalog:
    """A catalog of one model, committed; its repository is the working folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    main(["init"])
    found = Catalog(tmp_path / "catalog")
    found.write(Record(id="gpt2", facts=FACTS))
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    capsys.readouterr()
    return found


FACTS = Facts(source="https://huggingface.co", license="mit", revision="a" * 40)


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    command = ["git", "-C", str(folder), *identity, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "m")


def asked(capsys: Captured, *words: str) -> tuple[int, dict[str, Any]]:
    code = main(["policy", *words, "--json"])
    said = capsys.readouterr()
    assert said.out, said.err
    return code, json.loads(said.out)


def failing(told: dict[str, Any]) -> dict[str, list[str]]:
    return {one["name"]: one["ids"] for one in told["clauses"] if not one["met"]}


def test_a_new_revision_may_merge_by_itself(catalog: Catalog, capsys: Captured) -> None:
    catalog.write(Record(id="gpt2", facts=structs.replace(FACTS, revision="b" * 40)))
    code, told = asked(capsys)
    assert (code, failing(told), told["met"]) == (0, {}, True)
    assert told["gates"] == "the files of working tree"


def test_another_licence_needs_a_person(catalog: Catalog, capsys: Captured) -> None:
    catalog.write(Record(id="gpt2", facts=structs.replace(FACTS, license="apache-2.0")))
    commit(catalog.root.parent)
    code, told = asked(capsys, "HEAD~1..HEAD")
    assert (code, failing(told)) == (1, {"license": ["gpt2"]})
    assert told["gates"] == "HEAD, which is checked out"
    assert main(["policy", "HEAD~1"]) == 1
    assert "  not met  license     1 licence changed: gpt2\n" in capsys.readouterr().out


def test_a_change_cannot_loosen_the_policy_it_is_judged_by(
    catalog: Catalog, capsys: Captured
) -> None:
    catalog.write(Record(id="gpt2", facts=structs.replace(FACTS, license="apache-2.0")))
    allow(catalog, "license = false", "license = true")
    commit(catalog.root.parent)
    code, told = asked(capsys, "HEAD~1..HEAD")
    assert code == 1
    assert failing(told) == {"files": ["catalog/catalog.toml"], "license": ["gpt2"]}


def allow(catalog: Catalog, old: str, new: str) -> None:
    path = catalog.root / "catalog.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_what_the_base_allows_is_allowed(catalog: Catalog, capsys: Captured) -> None:
    allow(catalog, "additions = false", "additions = true")
    commit(catalog.root.parent)
    catalog.write(Record(id="o/new", facts=FACTS))
    code, told = asked(capsys)
    assert (code, failing(told)) == (0, {})
    additions = next(one for one in told["clauses"] if one["name"] == "additions")
    assert additions["ids"] == ["o/new"]
    assert additions["reason"] == "1 model added, which the policy allows"


@pytest.mark.parametrize(
    "path",
    [
        "catalog/rules/own.toml",
        "catalog/waivers.toml",
        "catalog/overrides/gpt2.toml",
        "catalog/tombstones.toml",
        ".github/workflows/x.yml",
        "catalog/models/note.txt",
    ],
)
def test_other_files_than_the_machines_need_a_person(
    catalog: Catalog, capsys: Captured, path: str
) -> None:
    target = catalog.root.parent / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        'name = "own"\nabout = "b"\nversion = "1.0.0"\n' if "rules" in path else "# a comment\n"
    )
    assert failing(asked(capsys)[1])["files"] == [path]
    commit(catalog.root.parent)
    assert failing(asked(capsys, "HEAD~1..HEAD")[1])["files"] == [path]


def test_a_link_among_the_records_needs_a_person(catalog: Catalog, capsys: Captured) -> None:
    (catalog.root / "models" / "x.json").symlink_to("gpt2.json")
    commit(catalog.root.parent)
    _, told = asked(capsys, "HEAD~1..HEAD")
    assert failing(told)["files"] == ["catalog/models/x.json"]
    assert "gates" in failing(told)


@pytest.mark.parametrize("path", ["popularity.csv", "models/gpt2.json"])
def test_a_file_of_the_machine_that_became_a_link_needs_a_person(
    catalog: Catalog, capsys: Captured, path: str
) -> None:
    allow(catalog, "removals = false", "removals = true")
    commit(catalog.root.parent)
    (catalog.root / path).unlink()
    (catalog.root / path).symlink_to("/etc/passwd")
    assert failing(asked(capsys)[1])["files"] == [f"catalog/{path}"]
    commit(catalog.root.parent)
    git(catalog.root.parent, "tag", "link")
    git(catalog.root.parent, "checkout", "--quiet", "HEAD~1")
    assert failing(asked(capsys, "HEAD..link")[1])["files"] == [f"catalog/{path}"]


def test_popularity_is_the_machines(catalog: Catalog, capsys: Captured) -> None:
    path = catalog.root / "popularity.csv"
    path.write_text(path.read_text() + "gpt2,5,1,2026-01-01T00:00:00Z\n")
    assert failing(asked(capsys)[1]) == {}


def test_a_removal_is_told_by_its_clause_and_by_the_gates(
    catalog: Catalog, capsys: Captured
) -> None:
    catalog.remove("gpt2")
    commit(catalog.root.parent)
    _, told = asked(capsys, "HEAD~1..HEAD")
    assert failing(told) == {"removals": ["gpt2"], "gates": ["CUR204 models/gpt2.json"]}


def test_a_commit_that_is_not_checked_out_is_copied_and_so_said(
    catalog: Catalog, capsys: Captured
) -> None:
    catalog.path("gpt2").write_text('{"id": "gpt2", "schema_version": 1}\n')
    commit(catalog.root.parent)
    catalog.write(Record(id="gpt2", facts=FACTS))
    commit(catalog.root.parent)
    code, told = asked(capsys, "HEAD~2..HEAD~1")
    assert code == 1
    assert told["gates"] == "a copy of HEAD~1, which is not what is checked out"
    assert failing(told)["gates"]
    assert asked(capsys, "HEAD~2..HEAD")[0] == 0


def test_folders_need_no_repository(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    git(tmp_path, "worktree", "add", "--quiet", "--detach", str(tmp_path / "old"))
    catalog.write(Record(id="gpt2", facts=structs.replace(FACTS, license="apache-2.0")))
    (catalog.root / "waivers.toml").write_text("# other\n")
    monkeypatch.chdir(tmp_path)
    code, told = asked(capsys, "old..catalog")
    assert code == 1
    assert failing(told) == {"files": ["waivers.toml"], "license": ["gpt2"]}


def test_a_base_without_settings_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, catalog: Catalog
) -> None:
    git(tmp_path, "rm", "--quiet", "--cached", "catalog/catalog.toml")
    git(tmp_path, "commit", "--quiet", "--message", "m")
    assert main(["policy", "HEAD"]) == 2
    said = capsys.readouterr().err
    assert "catalog.toml (HEAD): missing" in said
    assert "hint:" in said


def test_a_release_cannot_be_judged(catalog: Catalog, capsys: Captured) -> None:
    assert main(["release", "build", "--to", "dist"]) == 0
    (release,) = Path("dist").iterdir()
    assert main(["policy", f"{release}..catalog"]) == 2
    assert "is a release" in capsys.readouterr().err


def test_it_is_written_to_files_by_their_suffixes(catalog: Catalog, capsys: Captured) -> None:
    catalog.write(Record(id="gpt2", facts=structs.replace(FACTS, revision="b" * 40)))
    files = ["verdict.md", "verdict.json", "verdict.txt"]
    asked = [word for name in files for word in ("--to", name)]
    assert main(["policy", "--format", "outputs", *asked]) == 0
    assert capsys.readouterr().out == "met=true\nrisk=no\n"
    assert Path("verdict.md").read_text().startswith("**May merge by itself**")
    assert json.loads(Path("verdict.json").read_text())["met"] is True
    assert Path("verdict.txt").read_text().startswith("HEAD → working tree: may merge")


@pytest.mark.parametrize("words", [("--json", "--format", "markdown"), ("--to", "verdict")])
def test_what_cannot_be_told_so_is_refused(
    catalog: Catalog, capsys: Captured, words: tuple[str, ...]
) -> None:
    assert main(["policy", *words]) == 2
    assert "hint" in capsys.readouterr().err


def test_markdown_is_printed(catalog: Catalog, capsys: Captured) -> None:
    assert main(["policy", "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("**May merge by itself**")


def test_beside_a_catalog_at_the_root_may_lie_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    root = tmp_path / "flat"
    root.mkdir()
    (root / "catalog.toml").write_text('name = "x"\nversion = "1.0.0"\n')
    (root / "weights.bin").write_bytes(bytes(9 * 1024 * 1024))
    git(root, "init", "--quiet")
    monkeypatch.chdir(root)
    for revision in "abc":
        Catalog(root).write(Record(id="gpt2", facts=structs.replace(FACTS, revision=40 * revision)))
        commit(root)
    capsys.readouterr()
    code, told = asked(capsys, "HEAD~2..HEAD~1")
    assert (code, failing(told)) == (0, {})


def test_the_answer_is_as_its_schema_says(
    catalog: Catalog, capsys: Captured, project: Path
) -> None:
    catalog.write(Record(id="gpt2", facts=structs.replace(FACTS, license="apache-2.0")))
    _, told = asked(capsys)
    schema = json.loads((project / "schemas" / "verdict.schema.json").read_text())
    jsonschema.validate(told, schema)
