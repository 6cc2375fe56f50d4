from __future__ import annotations

from pathlib import Path

import pytest

from curation.errors import InputError
from curation.tagging.governance import sources

PACK = """name = "{name}"
version = "1.0.0"
about = "Tests."

[[rule]]
id = "a.one"
why = "Because."
places = {{ name = 2.0 }}
supports = "domains:finance"
terms = ["bank"]
accepts = []
rejects = []

[[rule]]
  id='a.two'
why = "Because."
places = {{ name = 2.0 }}
accepts = []
rejects = []
"""


def write(path: Path, name: str) -> Path:
    path.write_text(PACK.format(name=name), encoding="utf-8")
    return path


def test_every_rule_has_its_line(tmp_path: Path) -> None:
    (found,) = sources.read([write(tmp_path / "a.toml", "a")])
    assert found.lines == {"a.one": 6, "a.two": 15}


def test_a_pack_takes_the_place_of_its_namesake(tmp_path: Path) -> None:
    stock = sources.read([write(tmp_path / f"{name}.toml", name) for name in "ab"])
    other = sources.read([write(tmp_path / "mine.toml", "b")])
    joined = sources.joined(stock[1:], other)
    assert [pack.name for pack in joined] == ["b"]
    assert joined[0] == other[0].pack


def test_rules_of_another_pack_take_the_place_of_stock_rules(tmp_path: Path) -> None:
    stock = sources.read([write(tmp_path / "a.toml", "a")])
    own = sources.read([write(tmp_path / "c.toml", "c")])
    joined = sources.joined(stock, own)
    assert [(pack.name, len(pack.rule)) for pack in joined] == [("a", 0), ("c", 2)]


def test_a_file_that_is_no_pack_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("name = 1")
    with pytest.raises(InputError, match=r"a\.toml: not a rule pack"):
        sources.read([path])
    with pytest.raises(InputError, match="cannot be read"):
        sources.read([tmp_path / "none.toml"])
