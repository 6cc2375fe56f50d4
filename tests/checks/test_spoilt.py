"""A spoilt file gives findings or one line: a small share of what ``make fuzz`` does."""

from __future__ import annotations

import random
import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "fuzz_catalog.py"))
WAYS = [*SCRIPT["SPOILS"], "a folder", "a link out of the tree", "vanished"]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return SCRIPT["catalog"](tmp_path_factory.mktemp("spoilt"))


@pytest.mark.parametrize("way", WAYS)
def test_a_spoilt_file_is_answered(catalog: Any, way: str) -> None:
    digest = str(catalog.record("acme/bee").inputs.packs)
    paths = sorted(path for path in catalog.root.rglob("*") if path.is_file())
    for seed, path in enumerate(paths):
        whole = path.read_bytes()
        mend = SCRIPT["spoil"](path, way, random.Random(seed))
        assert SCRIPT["judge"](catalog.root, digest) in ("errors", "no errors", "one line")
        mend()
        assert path.read_bytes() == whole
    assert SCRIPT["judge"](catalog.root, digest) == "no errors"
