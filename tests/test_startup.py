"""Start-up is a feature: what a command does not need, it does not import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from curation.cli.verbs import VERBS

HEAVY = (
    "ahocorasick_rs",
    "great_expectations",
    "httpx2",
    "huggingface_hub",
    "jinja2",
    "jsonschema",
    "langcodes",
    "license_expression",
    "numpy",
    "pandas",
    "pandera",
    "polars",
    "pyarrow",
    "rich",
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
