"""``curate import``: bring in the models of another catalog."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.cli.table import counted
from curation.errors import InputError

if TYPE_CHECKING:
    from curation.hub.advisor import Imported
    from curation.hub.doubts import Doubt
    from curation.records import Decision, Finding
    from curation.store.catalog import Catalog

HELP = "bring in the models of another catalog"
EXAMPLE = """
curate import models.json --format advisor
"""

_FORMATS = ("advisor",)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the other catalog")
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        required=True,
        help="advisor: models.json of AI Model Advisor",
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Add its models, and what it has decided about them; believe none of its numbers."""
    from curation.hub import advisor
    from curation.roots import find_catalog
    from curation.store import tree
    from curation.store.catalog import Catalog

    try:
        data = tree.read(options.file)
    except FileNotFoundError as error:
        raise InputError(f"{options.file}: no such file") from error
    found = advisor.read(data, str(options.file))
    catalog = Catalog(find_catalog())
    with catalog.lock():
        added, skipped = _add(catalog, found)
        decided = _decide(catalog, found, skipped)
    doubted = _tell(options.file, found.doubts, out)
    _report(found, added, decided, skipped, doubted, out)
    return 0


def _add(catalog: Catalog, found: Imported) -> tuple[list[str], dict[str, str]]:
    """Write records for the models that are not there; also, which are not added and why."""
    from curation.records import Record
    from curation.store import rejections

    declined = {one.id: one for one in rejections.read(catalog.root) if not one.facet}
    taken = {
        name.casefold(): record.id
        for record in catalog.records()
        for name in (record.id, *record.aliases)
    }
    added, skipped = [], {}
    for model_id in found.decisions:
        known = taken.setdefault(model_id.casefold(), model_id)
        if known != model_id:
            skipped[model_id] = f"is {known} here"
        elif model_id in declined and not catalog.path(model_id).exists():
            skipped[model_id] = f"was declined: {declined[model_id].reason}"
        elif not catalog.path(model_id).exists():
            catalog.write(Record(id=model_id))
            added.append(model_id)
    return added, skipped


def _decide(catalog: Catalog, found: Imported, skipped: dict[str, str]) -> dict[str, list[str]]:
    """Write decisions on facets that nobody has decided, but for values that were declined."""
    from curation.store import deciding, rejections

    declined = {(one.id, one.facet, one.value) for one in rejections.read(catalog.root)}
    decided = {}
    for model_id, decisions in found.decisions.items():
        wanted = {
            facet: decision
            for facet, decision in decisions.items()
            if not any((model_id, facet, value) in declined for value in _values(decision))
        }
        if model_id not in skipped and (facets := deciding.add(catalog, model_id, wanted)):
            decided[model_id] = facets
    return decided


def _values(decision: Decision) -> tuple[object, ...]:
    return decision.value if isinstance(decision.value, tuple) else (decision.value,)


def _tell(file: Path, doubts: Iterable[Doubt], out: Output) -> list[Finding]:
    """Print the doubts as findings on ``file``; only of JSON it can be said on which line."""
    from curation.checks.codes import finding
    from curation.checks.lines import pointer
    from curation.checks.sources import Folder
    from curation.cli.validate.formats import Told, text
    from curation.cli.validate.formats.places import Places

    is_json = file.suffix == ".json"
    found = [
        finding(code, file.name, message, pointer=pointer(place) if is_json else None)
        for code, place, message in doubts
    ]
    folder = file.resolve().parent
    places = Places(folder, Folder(folder))
    text.write(Told(findings=found, waived=0, mended=(), places=places, quiet=False), out)
    return places.told(found)


def _report(
    found: Imported,
    added: list[str],
    decided: dict[str, list[str]],
    skipped: dict[str, str],
    doubted: list[Finding],
    out: Output,
) -> None:
    if doubted:
        out.line("no size and no accuracy is taken over, nor a row that names no model")
    for model_id, reason in skipped.items():
        out.line(f"{out.style('not added', 'yellow')}  {model_id} {reason}")
    rows, models = counted(found.rows, "row"), counted(len(found.decisions), "model")
    out.line(f"{rows} are {models}; {len(added)} of them new")
    out.line(f"decided for {counted(len(decided), 'model')}, with the file as the reason")
    out.line("next: 'curate sync' reads their facts, 'curate tag' infers their tags")
    if decided:
        out.line("then 'curate review' shows which of these decisions the tags make needless")
    out.data(
        {
            "rows": found.rows,
            "models": len(found.decisions),
            "added": added,
            "decided": decided,
            "skipped": skipped,
            "findings": doubted,
        }
    )
