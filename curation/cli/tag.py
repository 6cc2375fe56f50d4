"""``curate tag``: infer tags for the catalog, or for a bulk file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curation import roots
from curation.cli import cards
from curation.cli.output import Output
from curation.cli.table import counted
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.hub.bulk.rows import RowError
    from curation.pipeline import Tagged, Untagged

#: Models named that were not tagged: without a Hub it may be all.
_NAMED = 20

HELP = "infer tags for the catalog, or for a bulk file"
EXAMPLE = """
curate tag
curate tag ProsusAI/finbert
curate tag --check
curate tag --from models.parquet --to tags.jsonl
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="records to tag (default: all)")
    parser.add_argument("--hub", metavar="URL", help="where cards are read that are not cached")
    parser.add_argument("--offline", action="store_true", help="tag without cards not cached")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a record would change"
    )
    bulk = parser.add_argument_group("without a catalog")
    bulk.add_argument(
        "--from", dest="sources", nargs="+", type=Path, metavar="FILE", help="Parquet or JSON lines"
    )
    bulk.add_argument("--to", type=Path, metavar="FILE", help="OUT.jsonl or OUT.parquet")
    bulk.add_argument(
        "--lineage", type=Path, metavar="CATALOG", help="where the tags of base models are found"
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Tag, and return 1 if a row or record could not be tagged."""
    if options.sources or options.to or options.lineage:
        return _bulk(options, out)
    return _check(options, out) if options.check else _catalog(options, out)


def _bulk(options: argparse.Namespace, out: Output) -> int:
    from curation import pipeline
    from curation.hub import bulk
    from curation.ids import client_refuses
    from curation.tagging import Tagger, writer

    if not (options.sources and options.to):
        raise UsageError(
            "--from and --to go together", hint="curate tag --from models.parquet --to tags.jsonl"
        )
    if options.ids:
        raise UsageError("an ID means the catalog, --from means a file; give one of them")
    family = pipeline.family(options.lineage) if options.lineage else {}
    failed: list[RowError] = []
    strange: list[str] = []
    with out.progress("tagging") as progress:
        tagged = pipeline.tag_rows(bulk.read(options.sources), Tagger(), family)

        def rows() -> Iterator[dict[str, Any]]:
            for item in tagged:
                progress.advance()
                if not isinstance(item, dict):
                    failed.append(item)
                    continue
                if client_refuses(item["id"]):
                    strange.append(item["id"])
                yield item

        count = writer.write(options.to, rows())
    _report_bulk(options.to, count, failed, strange, out)
    return 1 if failed else 0


def _report_bulk(
    target: Path, count: int, failed: list[RowError], strange: list[str], out: Output
) -> None:
    from curation.ids import clip

    for error in failed:
        out.note(f"{error.path}:{error.row}: not tagged: {error.id or 'no id'}: {error.message}")
    if strange:
        shown = ", ".join(clip(model_id) for model_id in strange[:3])
        more = ", ..." if len(strange) > 3 else ""
        out.note(f"tagged, though today's Hub client refuses {len(strange)} ids: {shown}{more}")
    models, rows = counted(count, "model"), counted(len(failed), "row")
    out.line(f"tagged {models} into {target}; {rows} could not be tagged")
    out.data({"tagged": count, "to": str(target), "failed": failed, "refused_by_client": strange})


def _catalog(options: argparse.Namespace, out: Output) -> int:
    from curation import pipeline
    from curation.store.catalog import Catalog

    catalog = Catalog(roots.find_catalog())
    model_ids = options.ids or catalog.ids()
    with ExitStack() as stack:
        fetch = None if options.offline else cards.fetcher(stack, catalog, options.hub)
        stack.enter_context(catalog.lock())
        progress = stack.enter_context(out.progress("tagging", len(model_ids)))
        done: list[Tagged | Untagged] = []
        for item in pipeline.tag_catalog(catalog, model_ids, fetch=fetch):
            done.append(item)
            progress.advance()
    return _report_catalog(done, out)


def _check(options: argparse.Namespace, out: Output) -> int:
    from curation.cli import recheck
    from curation.store.catalog import Catalog

    catalog = Catalog(roots.find_catalog())
    model_ids = options.ids or catalog.ids()
    with ExitStack() as stack:
        fetch = None if options.offline else cards.fetcher(stack, catalog, options.hub)
        progress = stack.enter_context(out.progress("checking tags", len(model_ids)))
        stale = []
        for model_id, moved in recheck.stale(catalog, model_ids, fetch):
            stale.append({"id": model_id, "what": moved})
            progress.advance()
        found = [one for one in stale if one["what"]]
    for one in found:
        out.line(f"{one['id']}: {one['what']}; run 'curate tag {one['id']}'")
    out.line(f"{len(found)} of {len(model_ids)} records are not as tagging would leave them")
    out.data({"stale": found, "checked": len(model_ids)})
    return 1 if found else 0


def _report_catalog(done: list[Tagged | Untagged], out: Output) -> int:
    from curation.pipeline import Untagged

    failed = [item for item in done if isinstance(item, Untagged)]
    tagged = [item for item in done if not isinstance(item, Untagged)]
    changed = [item.id for item in tagged if item.changed]
    for model_id in changed:
        out.line(f"tagged {model_id}")
    for item in failed[:_NAMED]:
        out.line(f"not tagged: {item.reason}")
    if len(failed) > _NAMED:
        out.line(f"and {len(failed) - _NAMED} more were not tagged")
    for hint in dict.fromkeys(item.hint for item in failed[:_NAMED] if item.hint):
        out.line(f"{out.style('hint:', 'bold')} {hint}")
    out.line(f"{len(changed)} of {len(done)} records changed")
    out.data({"changed": changed, "unchanged": len(tagged) - len(changed), "failed": failed})
    return 1 if failed else 0
