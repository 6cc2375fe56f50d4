from __future__ import annotations

from curation.model import Model
from curation.release import changelog
from curation.release.compare import compare, first


def test_a_first_release_lists_what_is_in_it() -> None:
    text = changelog.text("1.0.0", first(["a/one", "a/two"]))
    assert text.startswith("# 1.0.0\n")
    assert "the first release" in text
    assert "## Added: 2\n\n- `a/one`\n- `a/two`\n" in text
    assert "Removed" not in text


def test_that_nothing_changed_is_said() -> None:
    same = {"a/one": Model(id="a/one")}
    text = changelog.text("1.0.1", compare(same, same, (), previous="1.0.0"))
    assert text == "# 1.0.1\n\nNothing but counts has changed since 1.0.0.\n"


def test_moves_show_old_and_new() -> None:
    old = {"a/one": Model(id="a/one", domains=("food",), license="mit")}
    new = {"a/one": Model(id="a/one", domains=("finance", "food"))}
    text = changelog.text("1.1.0", compare(old, new, (), previous="1.0.0"))
    assert "since 1.0.0" in text
    assert '- `a/one`: domains `["food"]` → `["finance","food"]`' in text
    assert "- `a/one`: license `mit` → `none`" in text


def test_what_the_hub_says_is_no_markdown() -> None:
    old = {"a/one": Model(id="a/one")}
    new = {"a/one": Model(id="a/one", license="`](http://x) @team\n## Added")}
    text = changelog.text("1.1.0", compare(old, new, (), previous="1.0.0"))
    assert "`'](http://x) @team\N{REPLACEMENT CHARACTER}## Added`" in text
    assert text.count("\n## ") == 1


def test_a_long_section_is_cut_and_says_so() -> None:
    text = changelog.text("1.0.0", first(f"a/{n}" for n in range(changelog.MOST + 5)))
    assert "- and 5 more, in changes.json\n" in text
