from __future__ import annotations

import os
from pathlib import Path

import pytest

from curation.errors import InputError
from curation.store import tree


def test_walk_is_sorted_and_follows_no_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    root = tmp_path / "root"
    (root / "b").mkdir(parents=True)
    (root / "b" / "x").write_text("")
    (root / "a").write_text("")
    (root / "c").symlink_to(outside)
    assert [tuple(entry) for entry in tree.walk(root, "r/")] == [
        ("r/a", "file"),
        ("r/b", "folder"),
        ("r/b/x", "file"),
        ("r/c", "link"),
    ]


def test_an_absent_folder_is_empty(tmp_path: Path) -> None:
    assert list(tree.walk(tmp_path / "none")) == []


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(InputError, match="a link, where a folder belongs"):
        list(tree.walk(tmp_path / "link"))


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        tree.read(tmp_path / "none")


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    for name, reason in {"folder": "a folder", "link": "a link", "pipe": "not a regular"}.items():
        with pytest.raises(InputError, match=reason):
            tree.read(tmp_path / name)


def test_a_file_past_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_BYTES", 3)
    path = tmp_path / "a"
    path.write_bytes(b"123")
    assert tree.read(path) == b"123"
    path.write_bytes(b"1234")
    with pytest.raises(InputError, match="over 3 bytes"):
        tree.read(path)


@pytest.mark.parametrize("size", [0, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200_000])
def test_a_file_is_read_to_its_end(size: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(os.urandom(size))
    assert tree.read(path) == path.read_bytes()
