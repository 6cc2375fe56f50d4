from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import structs

from curation.digest import Digest
from curation.records import Facts, Record
from curation.review import State, digest, markdown
from curation.store.popularity import Popularity

LIMIT = 65_536


def states(old: dict[str, Record], new: dict[str, Record]) -> Digest:
    return digest(State(name="main", records=old), State(name="HEAD", records=new))


def models(count: int, **facts: object) -> dict[str, Record]:
    names = [f"o/m{number:05}" for number in range(count)]
    return {name: Record(id=name, facts=Facts(**facts)) for name in names}  # type: ignore[arg-type]


def test_equal_states_are_one_line() -> None:
    assert markdown.render(states({}, {})) == "`main` → `HEAD`: nothing changed.\n"


def test_nothing_but_popularity_is_one_line() -> None:
    old = State(name="main", popularity={"gpt2": Popularity(likes=1)})
    found = markdown.render(digest(old, State(name="HEAD")))
    assert found == "`main` → `HEAD`: nothing but popularity changed, of 1 model.\n"


def test_the_riskiest_comes_first_and_routine_is_counted() -> None:
    old = {**models(1, license="mit"), "x/gone": Record(id="x/gone")}
    new = models(1, license="gpl-3.0", revision="b" * 40)
    assert markdown.render(states(old, new)) == (
        "## What changed: `main` → `HEAD`\n\n"
        "removed **1**, licence or access changed **1**, routine **1**\n\n"
        "### 🔴 Removed: 1\n\n"
        "- `x/gone`: licence unstated\n\n"
        "### 🔴 Licence or access changed: 1\n\n"
        "- `o/m00000` license: `mit` → `gpl-3.0`\n\n"
        "### Routine: 1\n\n"
        "revision 1\n\n"
        "Everything, to filter: the HTML page, made by "
        "`curate diff main..HEAD --format html --to changes.html`.\n"
    )


def test_a_rule_that_moved_many_is_one_entry_with_three_examples(huge: Digest) -> None:
    found = markdown.render(huge)
    titles = re.findall(
        r"^- `y+…` moved \d\d models to `v\d+` \(languages\): 3 shown$", found, re.MULTILINE
    )
    assert titles


def test_what_is_too_much_is_cut_at_a_clean_edge_and_said(huge: Digest) -> None:
    found = markdown.render(huge)
    assert LIMIT / 2 < len(found) < LIMIT
    for title in ("Removed: 200", "Added: 200", "Scope flipped: 1,800", "Routine"):
        assert title in found
    more = sum(
        int(n.replace(",", "")) for n in re.findall(r"^- … and ([\d,]+) more$", found, re.MULTILINE)
    )
    assert f"\n**Left out here: {more:,} changes.**\n" in found
    assert found.endswith("--format html --to changes.html`.\n")
    for line in found.splitlines():
        assert line.count("`") % 2 == 0
    tokens = MarkdownIt("gfm-like").parse(found)
    assert sum(token.type == "heading_open" for token in tokens) == len(huge.sections) + 1


@settings(max_examples=25)
@given(
    counts=st.lists(st.integers(0, 3_000), min_size=3, max_size=3),
    text=st.text(min_size=1, max_size=30),
    repeat=st.integers(1, 2_000),
)
def test_no_input_is_too_large(counts: list[int], text: str, repeat: int) -> None:
    gone, come, changed = (models(count, license="mit") for count in counts)
    old = {**{f"g/{name}": one for name, one in gone.items()}, **changed}
    new = {f"c/{name}": one for name, one in come.items()}
    edited = Facts(license=text * repeat, library=text * repeat, revision="b" * 40)
    new |= {name: structs.replace(one, facts=edited) for name, one in changed.items()}
    found = markdown.render(
        digest(State(name=text * repeat, records=old), State(name="HEAD", records=new))
    )
    assert len(found.encode()) < LIMIT
    assert len(found.encode("utf-16-le")) // 2 < LIMIT


def test_every_section_of_an_overfull_digest_keeps_its_title(huge: Digest) -> None:
    flooded = structs.replace(huge, sections=huge.sections * 3)
    found = markdown.render(flooded)
    assert len(found.encode()) < LIMIT
    assert found.count("### ") == 3 * len(huge.sections)


def test_code_spans_hold_whatever_is_put_in() -> None:
    assert markdown.code("a") == "`a`"
    assert markdown.code("") == "`   `"
    assert markdown.code("`") == "`` ` ``"
    assert markdown.code(" a ") == "`  a  `"
    assert markdown.code("a``b`") == "``` a``b` ```"


def test_a_code_span_takes_no_more_backticks_than_github_reads() -> None:
    assert markdown.code("`" * 79 + "@octocat") == f"{'`' * 80} {'`' * 79}@octocat {'`' * 80}"
    assert markdown.code("`" * 80 + "@octocat") == "`" + "\\u0060" * 80 + "@octocat`"
