from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.checks.toml_lines import Path, lines

TEXT = '''\
# a comment with [brackets] and "quotes
name = "x"   # = y

[sync]
"quo.ted" = 1
text = """
[not.a.table]
not = "a key"
"""
a.b = [ # ]
  1,
  {c = "]"},
]
'lit"eral' = 'it [s'

[[sync.queries]]
task = 1

[[sync.queries]]
task = 2
[sync.queries.inner]
deep = true
[ other . "x y" ]
z = 1
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("name",), 2),
        (("sync",), 4),
        (("sync", "quo.ted"), 5),
        (("sync", "text"), 6),
        (("sync", "a"), 10),
        (("sync", "a", "b"), 10),
        (("sync", 'lit"eral'), 14),
        (("sync", "queries"), 16),
        (("sync", "queries", 0), 16),
        (("sync", "queries", 0, "task"), 17),
        (("sync", "queries", 1), 19),
        (("sync", "queries", 1, "task"), 20),
        (("sync", "queries", 1, "inner"), 21),
        (("sync", "queries", 1, "inner", "deep"), 22),
        (("other",), 23),
        (("other", "x y", "z"), 24),
    ],
)
def test_each_key_has_its_line(place: Path, line: int) -> None:
    assert lines(TEXT)[place] == line


def test_nothing_is_found_that_is_not_there() -> None:
    assert ("not",) not in lines(TEXT)
    assert not any("not.a.table" in map(str, place) for place in lines(TEXT))


def test_windows_line_ends_count_once() -> None:
    assert lines("a = 1\r\n\r\nb = 2\r\n")[("b",)] == 3


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    assert lines(text)[()] == 1


def test_long_keys_take_no_longer_than_short_ones() -> None:
    bare = "a" * 50_000
    found = lines(f"{bare}\n{bare}.b=1\n" + "b." * 20_000 + "\n[c]\nd=1")
    assert sorted(found.values()) == [1, 2, 2, 4, 5]
