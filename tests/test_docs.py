"""What the documents say of the commands is what the commands are."""

from __future__ import annotations

import argparse
import re
import shlex
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from curation import packs
from curation.checks import check_file
from curation.cli.verbs import VERBS, module, parser
from curation.rules import Rule
from curation.tagging.governance import examples
from curation.vocabulary import Value, load

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in (ROOT, ROOT / "docs")
    for path in folder.glob("*.md")
)


def test_the_table_of_commands_is_the_table_of_the_code(project: Path) -> None:
    text = (project / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z]+)` \| (.+) \|$", text, re.MULTILINE)
    assert dict(rows) == {verb: line for verb, (_, line) in VERBS.items()}


def _typed(text: str) -> Iterator[str]:
    """The command lines in the blocks of a document, without prompt, comment and redirection."""
    for block in re.findall(r"^```(?:sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.replace("\\\n", "").splitlines():
            found = re.match(r"(?:\$ )?(?:[A-Z_]+=\S+ )*(curate .*?)(?: +#.*| > .*)?$", line)
            if found:
                yield found[1]


def _understood(command: str) -> None:
    _, verb, *words = shlex.split(command)
    parser(verb).parse_args(words)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_can_be_typed_as_they_are_shown(project: Path, name: str) -> None:
    for command in _typed((project / name).read_text(encoding="utf-8")):
        _understood(command)


@pytest.mark.parametrize("verb", VERBS)
def test_examples_can_be_typed_as_they_are_shown(verb: str) -> None:
    shown = module(verb).EXAMPLE
    for command in _typed(f"```sh\n{textwrap.dedent(shown)}\n```"):
        _understood(command)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_commands_and_options_that_exist_are_named(project: Path, name: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    for verb, words in re.findall(r"`curate ([a-z]+)( [^`]*)?`", text):
        options = set(re.findall(r" (--[a-z-]+)", words)) - {"--help"}
        assert options <= _options(parser(verb)), words


def _options(of: argparse.ArgumentParser) -> set[str]:
    """The options of a verb and of its sub-commands."""
    found = set(of._option_string_actions)
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            found.update(*map(_options, action.choices.values()))
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_within_the_project_lead_somewhere(project: Path, name: str) -> None:
    page = project / name
    text = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


def _anchors(page: Path) -> set[str]:
    """What can stand behind ``#`` of a page, as GitHub makes it from the headings."""
    headings = re.findall(r"^#+ (.*)", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_targets_of_make_that_are_named_exist(project: Path, name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (project / "Makefile").read_text(), re.MULTILINE))
    text = (project / name).read_text(encoding="utf-8")
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) <= targets


def _example(project: Path, path: str) -> str:
    """The TOML block of CONTRIBUTING.md whose first line names ``path``."""
    text = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^( *)```toml\n\1# (\S+)\n(.*?)^\1```", text, re.MULTILINE | re.DOTALL)
    return next(textwrap.dedent(block) for _, where, block in blocks if where == path)


def test_the_example_of_a_decision_passes_the_checks(project: Path) -> None:
    path = "overrides/ProsusAI/finbert.toml"
    assert check_file(path, _example(project, f"catalog/{path}").encode()) == []


def test_the_example_of_a_rule_does_what_it_says(project: Path) -> None:
    (pack,) = (pack for pack in packs.stock() if pack.name == "domains")
    raw = _example(project, "curation/packs/rules/domains.toml")
    (rule,) = msgspec.convert(tomllib.loads(raw)["rule"], tuple[Rule, ...])
    assert list(examples.failures(pack, rule)) == []


def test_the_example_of_a_value_is_one(project: Path) -> None:
    raw = _example(project, "curation/packs/vocabularies/domains.toml")
    ((slug, fields),) = tomllib.loads(raw).items()
    msgspec.convert({"slug": slug, **fields}, Value)
    assert slug not in load("domains").values


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_of_this_repository_that_are_named_exist(project: Path, name: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    folders = "benchmarks|curation|docs|schemas|scripts|tests"
    named = re.findall(rf"(?<![\w/.-])(?:{folders})/[\w./-]*[\w/]", text)
    assert [path for path in named if not (project / path).exists()] == []
