from __future__ import annotations

from pathlib import Path

import pytest

from curation.errors import ConflictError
from curation.store.steps import step


def test_a_step_is_taken_back_to_the_byte(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "folder" / "new"
    old.write_bytes(b"a\r\n")
    with step([old, new]) as made:
        old.write_bytes(b"b")
        new.parent.mkdir()
        new.write_bytes(b"c")
    made.undo()
    assert old.read_bytes() == b"a\r\n"
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with pytest.raises(KeyboardInterrupt), step([path]):
        path.write_bytes(b"half")
        raise KeyboardInterrupt
    assert not path.exists()


def test_what_somebody_else_changed_is_not_undone(tmp_path: Path) -> None:
    path, other = tmp_path / "file", tmp_path / "other"
    with step([path, other]) as made:
        path.write_bytes(b"ours")
        other.write_bytes(b"ours")
    other.write_bytes(b"theirs")
    with pytest.raises(ConflictError, match="has changed since"):
        made.undo()
    assert (path.read_bytes(), other.read_bytes()) == (b"ours", b"theirs")
