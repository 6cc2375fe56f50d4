"""What strangers wrote stays text, in every format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from curation import canonical
from curation.cli import terminal
from curation.digest import Digest
from curation.records import Facts, Record
from curation.review import State, digest, html, lines, markdown

Poisoned = Callable[[str], Digest]

#: Text that means something to some reader, as a card could have it.
HOSTILE = (
    "@octocat",
    "#123",
    "GH-123",
    "octocat/hello#1",
    "octocat@1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
    "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
    "https://evil.example/",
    "www.evil.example",
    "mail@evil.example",
    "![beacon](https://evil.example/p.png)",
    "[text](javascript:alert(1))",
    "<img src=https://evil.example/p.png onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</code></li></script><script>alert(1)</script>",
    "<!-- x --><details open ontoggle=alert(1)>",
    "a | b | c\n|---|---|---|\n| x | y | z |",
    "` <b>out</b> `",
    "``` @octocat ```",
    "\\` @octocat \\`",
    "`",
    "``",
    "\n\n# Title\n\n- @octocat\n\n    code",
    "\r\n> @octocat",
    "\u2028@octocat\u2029\x0b\x0c\x85",
    "\u202egnp.exe\u2066\u200b\u200d\ufeff\u00ad\u3164\U000e0041",
    "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
    "::error::x",
    "{{ 7 * 7 }}{% raw %}${{ secrets.X }}",
    "&lt;script&gt;&#64;octocat&commat;octocat",
    "]]>*/--></style><script>alert(1)</script>",
    "$`x`$ :tada: [^1]: [x]: https://evil.example",
)
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f]"
)
texts = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map("".join),
    st.text(alphabet="`@#|<>[]()!\\*_~&\n\r \t-:/.hpsw1aGH$", max_size=40),
)
relaxed = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def rendered(source: str) -> list[tuple[str, str]]:
    """Every token of the Markdown as GitHub would read it, with links found in bare text."""
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    found = []
    for token in reader.parse(source):
        found.append((token.type, token.content))
        found += [(child.type, child.content) for child in token.children or []]
    return found


#: All that a comment of ours is made of.
OURS = frozenset(
    f"{kind}_{edge}"
    for kind in ("heading", "paragraph", "bullet_list", "list_item", "strong", "blockquote")
    for edge in ("open", "close")
) | {"inline", "text", "code_inline", "softbreak"}


def check_markdown(source: str) -> None:
    tokens = rendered(source)
    assert {kind for kind, _ in tokens} <= OURS
    for kind, content in tokens:
        if kind == "text":  # our own words: nothing that GitHub would make a link of
            assert not re.search(r"[@#`<>\[\]|\\]|GH-|://|www\.|[0-9a-f]{7}", content)
    assert not UNSEEN.search(source)
    assert "`" * 81 not in source  # of which GitHub makes no code span, unlike the reader here


class Page(HTMLParser):
    """Collects what a page has of tags, of addresses, and of code."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.scripts: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._in = tag
        for name, value in attrs:
            if name in ("src", "href", "action", "formaction", "data", "srcset", "poster"):
                self.addresses.append(value or "")
            if name.startswith("on") or name == "style":
                self.handlers.append(name)

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            self.scripts.append(data)


def read(source: str) -> Page:
    page = Page()
    page.feed(source)
    page.close()
    return page


CLEAN = read(html.render(digest(State(name="a", records={"x": Record(id="x")}), State(name="b"))))


def check_html(source: str) -> None:
    page = read(source)
    assert not {"img", "iframe", "object", "embed", "link", "base", "svg", "video"} & page.tags
    assert all(re.fullmatch(r"#[a-z]+", address) for address in page.addresses)
    assert page.handlers == []
    assert page.scripts == CLEAN.scripts
    assert len(re.findall("<script", source)) == 1
    assert not UNSEEN.search(source)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_card_lives_in_a_comment(poisoned: Poisoned, text: str) -> None:
    check_markdown(markdown.render(poisoned(text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_card_lives_in_a_page(poisoned: Poisoned, text: str) -> None:
    check_html(html.render(poisoned(text)))


@relaxed
@given(text=texts)
@example(text="`" * 300)
def test_no_text_at_all_lives_in_a_comment(poisoned: Poisoned, text: str) -> None:
    source = markdown.render(poisoned(text))
    check_markdown(source)
    assert len(source) < 65_536


@relaxed
@given(text=texts)
def test_no_text_at_all_lives_in_a_page(poisoned: Poisoned, text: str) -> None:
    check_html(html.render(poisoned(text)))


@relaxed
@given(text=texts)
def test_no_text_at_all_steers_a_terminal(poisoned: Poisoned, text: str) -> None:
    for line in lines(poisoned(text)):
        assert not UNSEEN.search(
            terminal.escape(line.text).replace("\u200c", "").replace("\u200d", "")
        )


@relaxed
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_json_gives_every_text_back(poisoned: Poisoned, text: str) -> None:
    told = json.loads(canonical.dumps(poisoned(text)))
    assert told["base"] == text


def test_the_name_of_a_folder_that_is_no_text_is_written_out() -> None:
    found = digest(State(name="a\udcff"), State(name="b"))
    assert json.loads(canonical.dumps(found))["base"] == "a\\udcff"
    assert "a\\udcff" in markdown.render(found)
    assert "a\\udcff" in html.render(found)


CARD = "</code>`@octocat` #1 <img src=//evil.example>\u202e|\n"


@pytest.fixture
def one() -> Digest:
    """One model whose card states a hostile licence."""
    records = [{"o/m": Record(id="o/m", facts=Facts(license=text))} for text in ("mit", CARD)]
    old, new = (State(name=name, records=some) for name, some in zip("ab", records, strict=True))
    return digest(old, new)


def test_the_text_of_a_hostile_card_on_a_terminal(one: Digest) -> None:
    assert terminal.escape(list(lines(one))[2].text) == (
        "  o/m license: mit → </code>`@octocat` #1 <img src=//evil.example>\\u202e|\\n"
    )


def test_the_text_of_a_hostile_card_in_markdown(one: Digest) -> None:
    (line,) = (line for line in markdown.render(one).splitlines() if "o/m" in line)
    assert line == (
        "- `o/m` license: `mit` → ``</code>`@octocat` #1 <img src=//evil.example>\\u202e|\\u000a``"
    )
    shown = MarkdownIt("gfm-like", {"html": True, "linkify": True}).render(line)
    assert shown == (
        "<ul>\n<li><code>o/m</code> license: <code>mit</code> → "
        "<code>&lt;/code&gt;`@octocat` #1 &lt;img src=//evil.example&gt;\\u202e|\\u000a</code>"
        "</li>\n</ul>\n"
    )


def test_the_text_of_a_hostile_card_in_html(one: Digest) -> None:
    (line,) = (line for line in html.render(one).splitlines() if "o/m" in line)
    assert line.startswith(
        '<li class="item" data-facet="license"><p><code>o/m</code> license: <code>mit</code> → '
        "<code>&lt;/code&gt;`@octocat` #1 &lt;img src=//evil.example&gt;\\u202e|\\u000a</code></p>"
    )


def test_the_text_of_a_hostile_card_in_json(one: Digest) -> None:
    assert '"new": "</code>`@octocat` #1 <img src=//evil.example>\u202e|\\n"' in canonical.dumps(
        one
    )
