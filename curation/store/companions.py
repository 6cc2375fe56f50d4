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
    "curate-comment.yml": Path(".github", "workflows", "curate-comment.yml"),
    "taplo.toml": Path(".taplo.toml"),
    "vscode-settings.json": Path(".vscode", "settings.json"),
}
#: What the workflows on pull requests do.
_ACTION = Path(".github", "actions", "curate")
_SCHEMAS = Path(".vscode", "curate")


def make(folder: Path) -> list[Path]:
    """Write what ``folder`` lacks of it, and say what was written; what is there is left alone."""
    return [folder / path for path, text in _files() if atomic.create(folder / path, text.encode())]


def _files() -> Iterator[tuple[Path, str]]:
    for name, path in FILES.items():
        yield path, _text(roots.TEMPLATES / "repository" / name)
    for part in sorted((roots.TEMPLATES / "action").iterdir()):
        yield _ACTION / part.name, _text(part)
    for schema in sorted(roots.schemas().glob("*.schema.json")):
        yield _SCHEMAS / schema.name, schema.read_text("utf-8")


def _text(template: Path) -> str:
    return template.read_text("utf-8").replace("@VERSION@", curation.__version__)
