from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from curation.store import tables

TEXT = '''# top
[tags.domains] # of bees
value = ["a"]
# why it is so
reason = """
[tags.task]
# no comment"""

# about the task
[ tags . "task" ]
value = "x"
'''


def test_a_table_is_found_by_what_the_parser_takes_for_a_header() -> None:
    lines = tables.lines_of(TEXT)
    assert tables.find(lines, ("tags", "domains")) == (1, 7, ("# why it is so\n",))
    assert tables.find(lines, ("tags", "task")) == (9, 11, ())
    assert tables.find(lines, ("tags", "platforms")) is None


def test_a_line_in_a_comment_is_no_header() -> None:
    assert tables.find(tables.lines_of("# x\u2028[tags.domains]\n"), ("tags", "domains")) is None


BLOCKS = st.sampled_from(
    ["# note\n", "\n", 'k = """\n[b]\n"""\n', "l = [\n[1],\n[2]]\n", "m = 1 # [c]\n"]
)


@given(st.lists(BLOCKS, unique=True), st.lists(BLOCKS, unique=True))
def test_without_its_table_a_file_says_all_the_rest(first: list[str], second: list[str]) -> None:
    text = f"[a]\n{''.join(first)}[b]\n{''.join(second)}[c]\nx = 1\n"
    lines = tables.lines_of(text)
    place = tables.find(lines, ("b",))
    assert place is not None
    wanted = {key: value for key, value in tomllib.loads(text).items() if key != "b"}
    del lines[place.header : place.end]
    assert tomllib.loads("".join(lines)) == wanted
