from __future__ import annotations

from pathlib import Path

import pytest

from curation.hub import memory
from curation.hub.memory import Memory

SOME = Memory(pages={"a": 2}, quota={"api": 500}, calls={"api": 7}, looked=10, changed=2)


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "sync" / "memory.json"
    memory.save(path, SOME)
    assert memory.load(path) == SOME
    assert SOME.share == 0.2


def test_the_same_again_touches_no_file(tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    memory.save(path, SOME)
    stamp = path.stat().st_mtime_ns
    memory.save(path, SOME)
    assert path.stat().st_mtime_ns == stamp


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"pages": 3}'])
def test_a_memory_that_is_lost_is_empty(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "memory.json"
    if content is not None:
        path.write_bytes(content)
    assert memory.load(path) == Memory()
    assert Memory().share is None
