"""``curate validate --fix``: mend what needs no decision."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from curation.checks import files
from curation.checks.codes import MEND
from curation.cli.recheck import card_hash
from curation.errors import InputError
from curation.records import Finding
from curation.store import atomic, tree
from curation.store.catalog import Catalog

#: Findings that tagging anew mends.
_STALE = frozenset({"CUR211", "CUR212", "CUR213", "CUR214", "CUR216"})


def mend(root: Path, findings: Iterable[Finding]) -> list[str]:
    """Mend order, form and stale tags; the paths of the files that were written."""
    findings = list(findings)
    catalog = Catalog(root)
    with catalog.lock():
        mended = [path for path in _paths(findings, "CUR1") if _form(root, path)]
        if any(one.code == "CUR207" for one in findings):
            mended += _popularity(catalog)
        mended += _tags(catalog, findings)
    return sorted(set(mended))


def _paths(findings: Iterable[Finding], codes: str) -> list[str]:
    return sorted({one.path for one in findings if one.fix == MEND and one.code.startswith(codes)})


def _form(root: Path, path: str) -> bool:
    wanted = files.mended(path, tree.read(root / path))
    if wanted is None:
        return False
    atomic.replace(root / path, wanted)
    return True


def _popularity(catalog: Catalog) -> list[str]:
    ids = set(catalog.ids())
    rows = {model_id: row for model_id, row in catalog.popularity().items() if model_id in ids}
    return ["popularity.csv"] if catalog.save_popularity(rows) else []


def _tags(catalog: Catalog, findings: Iterable[Finding]) -> list[str]:
    """Tag anew where that needs no card, or the card is at hand; else a sync must come first."""
    stale = {one.path for one in findings if one.code in _STALE and one.path.startswith("models/")}
    ids = [path.removeprefix("models/").removesuffix(".json") for path in sorted(stale)]
    ready = [model_id for model_id in ids if _is_ready(catalog, model_id)]
    if not ready:
        return []
    from curation.pipeline import Tagged, tag_catalog

    done = [item for item in tag_catalog(catalog, ready) if isinstance(item, Tagged)]
    return [f"models/{item.id}.json" for item in done if item.changed]


def _is_ready(catalog: Catalog, model_id: str) -> bool:
    try:
        record = catalog.record(model_id)
    except InputError:
        return False
    if record.inputs.card is None or record.facts.revision is None:
        return record.inputs.card is None
    text = catalog.card(model_id, record.facts.revision)
    return text is not None and card_hash(text) == record.inputs.card
