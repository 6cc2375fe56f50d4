"""What a repository has beside its catalog: hooks, a check of pull requests, editor settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import curation
from curation import roots
from curation.store import atomic

#: Template: the path in the repository.
FILES = {
    "pre-commit-config.yaml": Path(".pre-commit-config.yaml"),
    "curate-check.yml": Path(".github", "workflows", "curate-check.yml"),
    "taplo.toml": Path(".taplo.toml"),
    "vscode-settings.json": Path(".vscode", "settings.json"),
}
_SCHEMAS = Path(".vscode", "curate")


def make(folder: Path) -> list[Path]:
    """Write what ``folder`` lacks of it, and say what was written; what is there is left alone."""
    return [folder / path for path, text in _files() if atomic.create(folder / path, text.encode())]


def _files() -> Iterator[tuple[Path, str]]:
    for name, path in FILES.items():
        text = (roots.TEMPLATES / "repository" / name).read_text("utf-8")
        yield path, text.replace("@VERSION@", curation.__version__)
    for schema in sorted(roots.schemas().glob("*.schema.json")):
        yield _SCHEMAS / schema.name, schema.read_text("utf-8")
