"""Who decides, and words that can be written down."""

from __future__ import annotations

from curation.errors import UsageError
from curation.store import git
from curation.store.catalog import Catalog


def signer(by: str | None, catalog: Catalog) -> str:
    """Who decides: ``by``, or else the name that git knows. Raises UsageError if there is none."""
    name = written("--by", by).strip() if by is not None else git.user(catalog.root)
    if not name:
        raise UsageError("who decides?", hint="--by NAME, or 'git config user.name NAME'")
    return name


def written(option: str, text: str) -> str:
    """``text`` as it was given. Raises UsageError for bytes that are not UTF-8."""
    if text != text.encode("utf-8", "replace").decode():
        raise UsageError(f"{option} is no text", hint="write it in UTF-8")
    return text
