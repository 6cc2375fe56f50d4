from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from curation.errors import InputError, UsageError
from curation.store import git, tree


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = tmp_path / "a repository"
    folder.mkdir()
    run(folder, "init", "--quiet")
    return folder


def run(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(["git", "-C", folder, *identity, *words], check=True, capture_output=True)


def commit(folder: Path) -> str:
    run(folder, "add", "--all")
    run(folder, "commit", "--quiet", "--allow-empty", "--message", "m")
    found = git.commit(folder, "HEAD")
    assert found
    return found


def read(folder: Path, commit_id: str, below: str = "") -> dict[str, bytes]:
    listing = git.listing(folder, commit_id, below)
    return dict(zip(listing, git.blobs(folder, list(listing.values())), strict=True))


def test_a_tree_is_read_with_whatever_names_it_has(repository: Path) -> None:
    names = [
        "a",
        "-b",
        "with space",
        "tab\there",
        "line\nhere",
        'quote"',
        "*",
        ":(top)",
        "é",
        "c/d",
    ]
    for name in names:
        path = repository / "cat" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (repository / "other").write_text("")
    found = read(repository, commit(repository), "cat")
    assert found == {name: name.encode() for name in names}


def test_names_that_are_no_text_are_read_too(repository: Path) -> None:
    path = os.fsencode(repository) + b"/\xff"
    Path(os.fsdecode(path)).write_bytes(b"x")
    assert read(repository, commit(repository)) == {os.fsdecode(b"\xff"): b"x"}


def test_a_folder_with_glob_characters_is_only_itself(repository: Path) -> None:
    for folder in ("c*", "cat"):
        (repository / folder).mkdir()
        (repository / folder / "x").write_text(folder)
    assert read(repository, commit(repository), "c*") == {"x": b"c*"}


def test_binary_and_empty_blobs_come_whole_and_in_order(repository: Path) -> None:
    contents = {"a": b"", "b": b"\n\n", "c": bytes(range(256)) * 1_000, "d": b"x"}
    for name, data in contents.items():
        (repository / name).write_bytes(data)
    assert read(repository, commit(repository)) == contents


def test_more_blobs_than_a_pipe_holds(repository: Path) -> None:
    for number in range(300):
        (repository / f"{number:03}").write_text(str(number) * 2_000)
    found = read(repository, commit(repository))
    assert [data[:3] for data in found.values()][:2] == [b"000", b"111"]
    assert len(found) == 300


def test_stopping_early_leaves_nothing_hanging(repository: Path) -> None:
    for number in range(300):
        (repository / f"{number:03}").write_text(str(number) * 2_000)
    listing = git.listing(repository, commit(repository), "")
    blobs = git.blobs(repository, list(listing.values()) * 50)
    assert next(iter(blobs))
    del blobs


def test_a_link_is_no_file(repository: Path) -> None:
    (repository / "link").symlink_to("/etc/passwd")
    (repository / "file").write_text("x")
    assert read(repository, commit(repository)) == {"file": b"x"}


def test_a_blob_past_the_bound_is_refused(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "big").write_bytes(b"12345")
    commit_id = commit(repository)
    monkeypatch.setattr(tree, "MAX_BYTES", 4)
    with pytest.raises(InputError, match="over 4 bytes"):
        read(repository, commit_id)


def test_an_object_that_is_missing_is_named(repository: Path) -> None:
    with pytest.raises(InputError, match="git has no object " + "0" * 40):
        list(git.blobs(repository, ["0" * 40]))


@pytest.mark.parametrize("revision", ["", "none", "--help", "HEAD; id", "HEAD\0", "-n", "HEAD:a"])
def test_what_names_no_commit_is_none(repository: Path, revision: str) -> None:
    commit(repository)
    assert git.commit(repository, revision) is None


def test_a_repository_without_commits_has_none(repository: Path) -> None:
    assert git.commit(repository, "HEAD") is None


def test_outside_of_a_repository_there_is_no_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="is in no git repository"):
        git.top(tmp_path)


def test_the_top_is_found_from_below(repository: Path) -> None:
    (repository / "deep" / "er").mkdir(parents=True)
    assert git.top(repository / "deep" / "er").samefile(repository)


def test_git_that_is_not_installed_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git is not installed"):
        git.top(tmp_path)


def test_what_a_file_was_is_told_newest_first(repository: Path) -> None:
    path = repository / "with space"
    for text in ("one", "two", "three"):
        path.write_text(text)
        commit(repository)
    path.unlink()
    commit(repository)
    assert [*git.versions(repository, "with space", 10)] == [b"three", b"two", b"one"]
    assert [*git.versions(repository, "with space", 2)] == [b"three"]
    assert [*git.versions(repository, "absent", 10)] == []


def test_outside_of_a_repository_nothing_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert [*git.versions(tmp_path, "x", 10)] == []


def test_who_commits_is_told_by_the_settings(repository: Path) -> None:
    assert git.user(repository) is None
    run(repository, "config", "user.name", "Ada L.")
    assert git.user(repository) == "Ada L."
