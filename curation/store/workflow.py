"""The scheduled workflow of a catalog that lives on GitHub."""

from __future__ import annotations

from pathlib import Path

import curation
from curation import roots
from curation.store import atomic

PATH = Path(".github", "workflows", "curate.yml")


def text() -> str:
    """The workflow, with this version of the tool pinned."""
    template = (roots.TEMPLATES / "github" / PATH.name).read_text("utf-8")
    return template.replace("@VERSION@", curation.__version__)


def make(folder: Path) -> list[Path]:
    """Write the workflow into the repository at ``folder``, and say what was written.

    One that is there already is left alone.
    """
    path = folder / PATH
    return [path] if atomic.create(path, text().encode()) else []
