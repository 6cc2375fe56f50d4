"""Start-up is a feature: what a command does not need, it does not import."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curation.cli.verbs import VERBS

ROOT = Path(__file__).parent.parent

HEAVY = (
    "ahocorasick_rs",
    "great_expectations",
    "httpx2",
    "matplotlib",
    "huggingface_hub",
    "jinja2",
    "jsonschema",
    "langcodes",
    "license_expression",
    "numpy",
    "pandas",
    "pandera",
    "polars",
    "prompt_toolkit",
    "pyarrow",
    "rich",
    "scipy",
    "yaml",
)


def imported_by(code: str) -> set[str]:
    """The top-level modules that ``code`` brings into a fresh interpreter."""
    program = f"import sys\n{code}\nprint()\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_importing_the_command_line_is_light() -> None:
    light = imported_by("import curation.cli.main")
    assert light.isdisjoint({*HEAVY, "msgspec", "importlib.metadata"})


def test_the_overview_is_light() -> None:
    light = imported_by("from curation.cli.main import main; assert main(['--help']) == 0")
    assert light.isdisjoint({*HEAVY, "msgspec"})


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_help_of_a_verb_is_light(verb: str) -> None:
    light = imported_by(
        f"from curation.cli.main import main; assert main(['{verb}', '--help']) == 0"
    )
    assert light.isdisjoint(HEAVY)


def documented() -> dict[str, set[str]]:
    """What docs/imports.md says that a command brings in, by its words."""
    text = (ROOT / "docs" / "imports.md").read_text("utf-8")
    rows = (re.findall(r"`([^`]+)`", line) for line in text.splitlines() if line[:3] == "| `")
    return {words: {*named} for words, *named in rows}


@pytest.fixture
def catalog(checked: Path, tmp_path: Path) -> Path:
    return shutil.copytree(checked, tmp_path / "light")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("light")
    for name in ("catalog.toml", "models/gpt2-xl.json", "models/bert-base-cased.json"):
        target = folder / "catalog" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / "catalog" / name).read_bytes())
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "all")):
        git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run((*git, *words), cwd=folder, check=True)
    first = (sys.executable, "-m", "curation", "validate")  # which leaves the others its cache
    subprocess.run(first, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    return folder


@pytest.mark.parametrize("words", sorted(documented()))
def test_a_command_brings_in_what_its_line_in_the_docs_says(
    words: str, catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(catalog)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    found = imported_by(f"from curation.cli.main import main; assert main({words.split()}) < 2")
    assert found & {*HEAVY} == documented()[words]
