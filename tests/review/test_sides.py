from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from curation import canonical
from curation.errors import InputError, UsageError
from curation.records import Facts, Record
from curation.review import compare, differing, open_sides
from curation.store.catalog import Catalog


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """A catalog of two models in a repository with one commit, which is the working folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    repository = tmp_path / "repository"
    found = make(repository / "catalog", Record(id="o/a"), Record(id="o/b"))
    git(repository, "init", "--quiet")
    commit(repository)
    monkeypatch.chdir(repository)
    return found


def make(root: Path, *records: Record) -> Catalog:
    root.mkdir(parents=True)
    (root / "catalog.toml").write_text('name = "x"\nversion = "1.0.0"\n')
    catalog = Catalog(root)
    for record in records:
        catalog.write(record)
    return catalog


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(["git", "-C", folder, *identity, *words], check=True, capture_output=True)


def commit(repository: Path) -> None:
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "m")


def changed(span: str, root: Path | None) -> list[tuple[str, str]]:
    base, head = open_sides(span, root)
    return [(one.kind, one.id) for one in compare(*differing(base, head))]


def test_nothing_named_is_what_is_committed_against_the_working_tree(catalog: Catalog) -> None:
    assert changed("", catalog.root) == []
    catalog.remove("o/a")
    catalog.write(Record(id="o/c"))
    assert changed("", catalog.root) == [("removed", "o/a"), ("added", "o/c")]


def test_two_revisions_are_compared_whatever_lies_in_the_tree(catalog: Catalog) -> None:
    catalog.write(Record(id="o/c"))
    commit(catalog.root.parent)
    catalog.write(Record(id="o/d"))
    assert changed("HEAD~1..HEAD", catalog.root) == [("added", "o/c")]
    assert changed("HEAD..HEAD~1", catalog.root) == [("removed", "o/c")]
    assert changed("HEAD~1", catalog.root) == [("added", "o/c"), ("added", "o/d")]
    assert changed("HEAD~1..", catalog.root) == [("added", "o/c"), ("added", "o/d")]
    assert changed("..HEAD~1", catalog.root) == [("removed", "o/c")]


def test_three_dots_tell_what_changed_since_head_left_base(catalog: Catalog) -> None:
    repository = catalog.root.parent
    git(repository, "branch", "refresh")
    catalog.write(Record(id="o/main"))
    commit(repository)
    git(repository, "branch", "trunk")
    git(repository, "switch", "--quiet", "refresh")
    catalog.write(Record(id="o/c"))
    commit(repository)
    assert changed("trunk..refresh", catalog.root) == [("removed", "o/main"), ("added", "o/c")]
    assert changed("trunk...refresh", catalog.root) == [("added", "o/c")]
    assert changed("trunk...HEAD", catalog.root) == [("added", "o/c")]
    base, _ = open_sides("trunk...refresh", catalog.root)
    assert len(base.name) == 40


def test_three_dots_take_a_commit_in_common(catalog: Catalog) -> None:
    git(catalog.root.parent, "branch", "one")
    git(catalog.root.parent, "switch", "--quiet", "--orphan", "other")
    catalog.write(Record(id="o/c"))
    commit(catalog.root.parent)
    assert changed("HEAD..one", catalog.root)
    with pytest.raises(UsageError, match="neither a revision nor a catalog"):
        changed("HEAD...one", catalog.root)
    with pytest.raises(UsageError):
        changed(f"HEAD...{catalog.root}", catalog.root)


def test_folders_are_compared_without_git(tmp_path: Path) -> None:
    make(tmp_path / "old..er", Record(id="o/a"))
    make(tmp_path / "new" / "catalog", Record(id="o/a", facts=Facts(license="mit")))
    span = f"{tmp_path / 'old..er'}..{tmp_path / 'new'}"
    assert changed(span, None) == [("fact", "o/a")]


def test_a_folder_and_a_revision_are_compared(catalog: Catalog, tmp_path: Path) -> None:
    make(tmp_path / "other", Record(id="o/a"))
    assert changed(f"HEAD..{tmp_path / 'other'}", catalog.root) == [("removed", "o/b")]


def test_only_files_that_differ_are_read(catalog: Catalog) -> None:
    commit_all = catalog.root / "models" / "o" / "broken.json"
    commit_all.write_text("{")
    commit(catalog.root.parent)
    catalog.write(Record(id="o/c"))
    assert changed("", catalog.root) == [("added", "o/c")]


def test_a_record_that_cannot_be_read_is_named_with_its_side(catalog: Catalog) -> None:
    catalog.path("o/a").write_text("{")
    with pytest.raises(InputError, match=r"models/o/a\.json \(working tree\):1: not JSON"):
        changed("", catalog.root)


def test_a_path_that_is_no_id_is_named(catalog: Catalog) -> None:
    (catalog.root / "models" / "a b.json").write_text("{}")
    with pytest.raises(InputError, match=r"models/a b\.json \(working tree\): not a model id"):
        changed("", catalog.root)


def test_the_same_record_in_another_form_is_no_change(catalog: Catalog) -> None:
    path = catalog.path("o/a")
    path.write_text(json.dumps(json.loads(path.read_text())))
    assert changed("", catalog.root) == []


def test_older_records_are_lifted_before_they_are_compared(catalog: Catalog) -> None:
    old = {"schema_version": 0, "id": "o/a", "facts": {"license": "mit"}}
    catalog.path("o/a").write_text(json.dumps(old))
    commit(catalog.root.parent)
    catalog.path("o/a").write_text(
        canonical.dumps(Record(id="o/a", facts=Facts(license="gpl-3.0")))
    )
    assert changed("", catalog.root) == [("fact", "o/a")]


@pytest.mark.parametrize("span", ["none", "HEAD..none", "--output=x", "HEAD...none", "a b"])
def test_what_names_no_state_is_refused(catalog: Catalog, span: str) -> None:
    with pytest.raises(UsageError, match="neither a revision nor a catalog"):
        changed(span, catalog.root)


def test_without_a_catalog_only_folders_have_a_meaning() -> None:
    with pytest.raises(UsageError, match="neither a revision nor a catalog"):
        changed("HEAD..HEAD", None)


def test_a_catalog_at_the_root_of_its_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    catalog = make(tmp_path / "flat", Record(id="a"))
    git(catalog.root, "init", "--quiet")
    commit(catalog.root)
    catalog.write(Record(id="b"))
    assert changed("", catalog.root) == [("added", "b")]


def test_a_record_that_became_a_link_is_gone(catalog: Catalog) -> None:
    catalog.path("o/a").unlink()
    catalog.path("o/a").symlink_to(catalog.path("o/b"))
    assert changed("", catalog.root) == [("removed", "o/a")]
    commit(catalog.root.parent)
    assert changed("HEAD~1..HEAD", catalog.root) == [("removed", "o/a")]
