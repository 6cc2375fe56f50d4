"""What the documents say of the commands is what the commands are."""

from __future__ import annotations

import re
import textwrap
import tomllib
from pathlib import Path

import msgspec
import pytest

from curation import packs
from curation.checks import check_file
from curation.cli.verbs import VERBS
from curation.rules import Rule
from curation.tagging.governance import examples
from curation.vocabulary import Value, load

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/commands.md",
    "docs/advice.md",
    "docs/review.md",
)


def test_the_table_of_commands_is_the_table_of_the_code(project: Path) -> None:
    text = (project / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z]+)` \| (.+) \|$", text, re.MULTILINE)
    assert dict(rows) == {verb: line for verb, (_, line) in VERBS.items()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_commands_that_exist_are_named(project: Path, name: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^\$ |^|`)curate ([a-z]+)", text, re.MULTILINE))
    assert named <= set(VERBS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_within_the_project_lead_somewhere(project: Path, name: str) -> None:
    page = project / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


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
