from __future__ import annotations

import os
from pathlib import Path

import pytest

from curation.store import atomic


def test_replace_writes_the_bytes_and_leaves_no_neighbour(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.json"
    atomic.replace(path, b"one")
    atomic.replace(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.json"]


def test_a_failed_replace_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic.replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_replace_takes_the_place_of_a_link_and_spares_its_target(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"precious")
    link = tmp_path / "a.json"
    link.symlink_to(outside)
    atomic.replace(link, b"new")
    assert outside.read_bytes() == b"precious"
    assert not link.is_symlink()


def test_create_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert atomic.create(path, b"one")
    assert not atomic.create(path, b"two")
    assert path.read_bytes() == b"one"


def test_the_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    atomic.replace(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize(
    ("name", "left"), [(".a.json.0badf00d.tmp", True), ("a.json", False), (".gitignore", False)]
)
def test_leftovers_are_known_by_their_name(name: str, left: bool) -> None:
    assert atomic.is_leftover(name) is left


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_file_is_for_whom_it_was_for(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(mode)
    atomic.replace(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", mode)


@pytest.mark.parametrize("name", [".", "/", "folder"])
def test_a_folder_is_named_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IsADirectoryError) as caught:
        atomic.replace(Path(name), b"x")
    assert caught.value.filename == name
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
