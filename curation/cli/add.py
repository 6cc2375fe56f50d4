"""``curate add``: put models into the catalog."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.store.catalog import Catalog

#: The page of a model, or one below it.
_ADDRESS = re.compile(r"(?:https?://)?(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]+)", re.ASCII)

HELP = "put models into the catalog by their ids"
EXAMPLE = """
curate add ProsusAI/finbert
curate add google/vit-base-patch16-224 openai/whisper-small.en
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="ORG/NAME, as the Hub writes it")


def run(options: argparse.Namespace, out: Output) -> int:
    """Add all models or, if one is refused, none."""
    from curation.records import Record
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    catalog = Catalog(find_catalog())
    wanted = list(dict.fromkeys(options.ids))
    with catalog.lock():
        _refuse(wanted, catalog)
        for model_id in wanted:
            catalog.write(Record(id=model_id))
            out.line(f"added {model_id}")
    out.line("next: 'curate sync' reads their facts, 'curate tag' infers their tags")
    out.data({"added": wanted})
    return 0


def _refuse(wanted: list[str], catalog: Catalog) -> None:
    """Raise UsageError naming every id that cannot be added."""
    taken = _taken(catalog)
    reasons = []
    for model_id in wanted:
        reason = _reason(model_id, taken, catalog)
        if reason:
            reasons.append(reason)
        taken[model_id.casefold()] = (model_id, "asked for")
    if reasons:
        raise UsageError(f"nothing was added: {'; '.join(reasons)}", hint=_hint(wanted))


def _hint(wanted: list[str]) -> str | None:
    """For addresses of models, which browsers show, the ids in them."""
    found = [match[1] for model_id in wanted if (match := _ADDRESS.match(model_id))]
    return f"curate add {' '.join(found)}" if len(found) == len(wanted) else None


def _reason(model_id: str, taken: Mapping[str, tuple[str, str]], catalog: Catalog) -> str | None:
    from curation.errors import IdError

    try:
        catalog.path(model_id)
    except IdError as error:
        return str(error)
    if model_id.casefold() not in taken:
        return None
    other, what = taken[model_id.casefold()]
    if other == model_id:
        return f"{model_id} is {what}"
    return f"{model_id} differs from {other}, which is {what}, only in case"


def _taken(catalog: Catalog) -> dict[str, tuple[str, str]]:
    """Case-folded id or alias: how it is written, and what it is."""
    found: dict[str, tuple[str, str]] = {}
    for record in catalog.records():
        for alias in record.aliases:
            found[alias.casefold()] = (alias, f"an alias of {record.id}")
        found[record.id.casefold()] = (record.id, "in the catalog")
    return found
