"""The markup of the page, as far as it can be read without a browser."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser

import pytest

from curation.digest import Digest
from curation.records import Facts, Record
from curation.review import State, digest, html
from curation.store.popularity import Popularity

Node = tuple[str, dict[str, str | None]]
VOID = frozenset({"input", "meta"})


class Tree(HTMLParser):
    """All elements in order, and that each is closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes: list[Node] = []
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def found(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.nodes if name == tag]


@pytest.fixture(scope="module")
def page(crowded: Digest) -> str:
    return html.render(crowded)


@pytest.fixture(scope="module")
def tree(page: str) -> Tree:
    found = Tree()
    found.feed(page)
    found.close()
    return found


def test_every_element_is_closed_where_it_was_opened(tree: Tree) -> None:
    assert tree.faults == []
    assert tree.open == []


def test_the_policy_allows_our_style_and_script_and_nothing_else(page: str, tree: Tree) -> None:
    (policy,) = (one["content"] for one in tree.found("meta") if "http-equiv" in one)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest_ = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules.pop(name) == f"'sha256-{digest_}'"
    assert set(rules) == {"default-src", "base-uri", "form-action"}
    assert set(rules.values()) == {"'none'"}


def test_nothing_is_loaded(page: str, tree: Tree) -> None:
    tags = {tag for tag, _ in tree.nodes}
    assert not tags & {"audio", "embed", "frame", "iframe", "img", "link", "object", "video"}
    assert not any("src" in attributes or "style" in attributes for _, attributes in tree.nodes)
    assert all(str(one["href"]).startswith("#") for one in tree.found("a"))
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttp|eval\(|innerHTML", page)


def test_links_lead_to_what_is_there(tree: Tree) -> None:
    ids = [one["id"] for _, one in tree.nodes if "id" in one]
    assert len(ids) == len(set(ids))
    assert {str(one["href"])[1:] for one in tree.found("a")} <= set(ids)
    assert {one["aria-labelledby"] for one in tree.found("section")} <= set(ids)
    (shown,) = tree.found("output")
    assert set(str(shown["for"]).split()) <= set(ids)


def test_every_control_has_a_name(page: str) -> None:
    for control in ("input", "select"):
        for label in re.findall(f"<label>\\s*(.*?)\\s*<{control} ", page, re.DOTALL):
            assert label.split("<")[0].strip()
    assert len(re.findall("<label>", page)) == len(re.findall("<input |<select ", page)) == 3
    assert all(re.findall(r"<button[^>]*>(.+?)</button>", page))


def test_the_page_has_its_landmarks_and_says_its_language(tree: Tree) -> None:
    assert tree.found("html") == [{"lang": "en"}]
    for tag in ("header", "main", "nav", "title", "h1"):
        assert len(tree.found(tag)) == 1
    (form,) = tree.found("form")
    assert form["role"] == "search"
    assert tree.found("output")[0]["aria-live"] == "polite"
    levels = [int(tag[1]) for tag, _ in tree.nodes if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 2 for before, after in itertools.pairwise(levels))


def test_without_a_script_all_is_there_and_no_dead_control_is_shown(page: str, tree: Tree) -> None:
    (form,) = tree.found("form")
    assert "hidden" in form
    items = [one for one in tree.found("li") if one.get("class") == "item"]
    assert all("hidden" not in one for one in items)
    assert page.count("<details>") > 150  # opened by the browser itself


def test_both_colour_schemes_are_there_and_focus_is_seen(page: str) -> None:
    assert "prefers-color-scheme: dark" in page
    assert "color-scheme: light dark" in page
    assert ":focus-visible" in page


def test_old_and_new_evidence_stand_side_by_side(page: str) -> None:
    (first, *_) = re.findall(r"<details>.*?</details>", page, re.DOTALL)
    assert re.search(r"<h4>Was: known, 0.90</h4>.*<h4>Now: known, 0.90</h4>", first, re.DOTALL)


def test_every_change_but_routine_is_in_it(crowded: Digest, tree: Tree) -> None:
    items = [one for one in tree.found("li") if one.get("class") == "item"]
    assert len(items) == sum(one.count for one in crowded.sections if one.risk != "routine")


def test_nothing_and_popularity_alone_are_a_sentence() -> None:
    assert "<p>Nothing changed.</p>" in html.render(digest(State(name="a"), State(name="b")))
    counts = State(name="a", popularity={"gpt2": Popularity(likes=1)})
    told = html.render(digest(counts, State(name="b")))
    assert "<p>Nothing but popularity changed, of 1 model.</p>" in told
    assert "<form" not in told


def test_a_long_value_is_given_in_full() -> None:
    old, new = (
        State(name="s", records={"o/m": Record(id="o/m", facts=Facts(license=text * 100))})
        for text in ("a", "b")
    )
    told = html.render(digest(old, new))
    assert f"<pre>{'a' * 100}</pre>" in told
    assert f"<pre>{'b' * 100}</pre>" in told
