"""Where things lie: the shipped data of the package, and the catalog of the user."""

from __future__ import annotations

from pathlib import Path

from curation.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent

PACKS = _PACKAGE / "packs"
VOCABULARIES = PACKS / "vocabularies"
RULES = PACKS / "rules"
#: Versions of the packs that catalogs may still pin: ``NAME/VERSION.toml``.
OLD_RULES = PACKS / "rules-before"
SAMPLE_HUB = _PACKAGE / "samplehub" / "data"
TEMPLATES = _PACKAGE / "templates"


def schemas() -> Path:
    """The folder of JSON Schemas: inside the wheel, or beside the package in a checkout."""
    shipped = _PACKAGE / "schemas"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "schemas"


def find_catalog(start: Path | None = None) -> Path:
    """The nearest ``catalog/`` folder at or above ``start`` (default: the working folder).

    A folder is a catalog when it holds ``catalog.toml``. Raises UsageError if there is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        for candidate in (folder, folder / "catalog"):
            if (candidate / "catalog.toml").is_file():
                return candidate
    raise UsageError(f"no catalog at or above {here}", hint="run 'curate init' to make one")


def work_folder(catalog: Path) -> Path:
    """``.curate/`` beside the catalog: cached cards, index, journal, lock; ignored by git."""
    return catalog.parent / ".curate"
