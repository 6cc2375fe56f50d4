"""What waits for a decision in a catalog, or in what changed of it."""

from __future__ import annotations

import argparse
import datetime
from typing import NamedTuple

from curation import review
from curation.cli.bench import Bench
from curation.cli.output import Output
from curation.cli.signer import signer
from curation.errors import InputError, UsageError
from curation.records import Record, Tags
from curation.review.session import Desk, Item, everything, news
from curation.review.sides import CommitSide, FolderSide, Side
from curation.store import git
from curation.store.catalog import Catalog


class Waiting(NamedTuple):
    """The items that wait, and the desk at which they are decided."""

    items: list[Item]
    desk: Desk


def waiting(options: argparse.Namespace, catalog: Catalog, bench: Bench, out: Output) -> Waiting:
    """Look through the models, all or those of a span. Raises CurateError."""
    before, after = _sides(options.span, catalog)
    model_ids = catalog.ids()
    if options.span:
        model_ids = [model_id for model_id in model_ids if model_id in after]
    was = _tags(before, after)
    desk = Desk(
        catalog,
        bench,
        by=_who(options, catalog),
        today=datetime.datetime.now(datetime.UTC).date().isoformat(),
        before=was,
        asks=news(was) if options.span else everything,
    )
    with out.progress("looking", len(model_ids)) as progress:
        return Waiting(desk.survey(model_ids, progress.advance), desk)


def _sides(span: str, catalog: Catalog) -> tuple[dict[str, Record], dict[str, Record]]:
    """The records that differ, on both sides; none where nothing was committed yet."""
    try:
        base, head = review.open_sides(span, catalog.root)
    except (InputError, UsageError):
        if span:
            raise
        return {}, {}
    if not _lies_here(head, catalog):
        raise UsageError(
            f"{head.name} is not what lies here, and here it would be decided",
            hint="check it out first; 'curate diff' compares any two",
        )
    return review.differing(base, head)


def _lies_here(head: Side, catalog: Catalog) -> bool:
    """Whether ``head`` is what is decided on; a release is refused when it is read."""
    if isinstance(head, CommitSide):
        here = git.head(catalog.root)
        return here is not None and here.id == head.commit
    return not isinstance(head, FolderSide) or head.root.resolve() == catalog.root.resolve()


def _tags(before: dict[str, Record], after: dict[str, Record]) -> dict[str, Tags]:
    """The earlier tags by today's id; a model that was renamed has its old id as an alias."""
    found = {}
    for model_id, record in after.items():
        names = (model_id, *record.aliases)
        old = next((before[name] for name in names if name in before), None)
        if old is not None:
            found[model_id] = old.tags
    return found


def _who(options: argparse.Namespace, catalog: Catalog) -> str:
    return "" if options.list or options.json else signer(options.by, catalog)
