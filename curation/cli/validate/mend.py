"""Mend what needs no decision: order, form and stale tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from curation.checks import files
from curation.checks.codes import MEND
from curation.cli.recheck import card_hash
from curation.cli.scope import Scope
from curation.errors import InputError
from curation.records import Finding
from curation.store import atomic, tree
from curation.store.catalog import Catalog

#: Findings that tagging anew mends.
_STALE = frozenset({"CUR211", "CUR212", "CUR213", "CUR214", "CUR216"})
#: While there is one of these, a row of popularity.csv may belong to a record that is not in place.
_UNSETTLED = frozenset({"CUR101", "CUR102", "CUR107", "CUR204"})


def mend(where: Scope, findings: Sequence[Finding]) -> list[str]:
    """The paths of the files that were written; ``findings`` are all that the catalog has."""
    catalog = Catalog(where.root)
    meant = [one for one in findings if where.holds(one.path)]
    with catalog.lock():
        mended = [path for path in _paths(meant, "CUR1") if _form(where.root, path)]
        if any(one.code == "CUR207" for one in meant) and _is_settled(findings):
            mended += _popularity(catalog)
        if _has_rules(findings):
            mended += _tags(catalog, meant)
    return sorted(set(mended))


def _paths(findings: Iterable[Finding], codes: str) -> list[str]:
    return sorted({one.path for one in findings if one.fix == MEND and one.code.startswith(codes)})


def _form(root: Path, path: str) -> bool:
    try:
        wanted = files.mended(path, tree.read(root / path))
    except FileNotFoundError:  # staged, and removed since
        return False
    if wanted is None:
        return False
    atomic.replace(root / path, wanted)
    return True


def _is_settled(findings: Iterable[Finding]) -> bool:
    return not any(one.code in _UNSETTLED and one.path.startswith("models/") for one in findings)


def _has_rules(findings: Iterable[Finding]) -> bool:
    """Whether it is known what to tag by."""
    return not any(
        one.code < "CUR2" or one.code == "CUR217"
        for one in findings
        if one.path == "catalog.toml" or one.path.startswith("rules/")
    )


def _popularity(catalog: Catalog) -> list[str]:
    ids = set(catalog.ids())
    rows = {model_id: row for model_id, row in catalog.popularity().items() if model_id in ids}
    return ["popularity.csv"] if catalog.save_popularity(rows) else []


def _tags(catalog: Catalog, findings: Sequence[Finding]) -> list[str]:
    """Tag anew where that needs no card, or the card is at hand; else a sync must come first."""
    stale = {one.path for one in findings if one.code in _STALE and one.path.startswith("models/")}
    stale -= {one.path for one in findings if one.code == "CUR104"}  # which value is meant?
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
    except (InputError, FileNotFoundError):
        return False
    if record.inputs.card is None or record.facts.revision is None:
        return record.inputs.card is None
    text = catalog.card(model_id, record.facts.revision)
    return text is not None and card_hash(text) == record.inputs.card
