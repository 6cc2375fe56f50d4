"""Which models a sync looks at, and back to when."""

from __future__ import annotations

import argparse
import re
import time
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from curation.errors import InputError, UsageError
from curation.records import Facts
from curation.roots import work_folder
from curation.store.catalog import Catalog

_AGO = re.compile(r"(\d{1,5})([hd])")
_HOURS = {"h": 1, "d": 24}


class Chosen(msgspec.Struct):
    """Facts by id of the models to look at, and what is wrong with records that are unreadable."""

    known: dict[str, Facts]
    broken: dict[str, InputError]


def choose(catalog: Catalog, options: argparse.Namespace) -> Chosen:
    """The models that ``--only`` and ``--limit`` leave. Raises UsageError if none matches."""
    ids = catalog.ids()
    chosen = [model_id for model_id in ids if fnmatchcase(model_id, options.only)]
    if ids and not chosen:
        raise UsageError(f"no model of the catalog matches {options.only!r}")
    if options.limit:
        rows = catalog.popularity()
        seen = {model_id: row.checked or "" for model_id, row in rows.items()}
        chosen = sorted(chosen, key=lambda model_id: seen.get(model_id, ""))[: options.limit]
    found = Chosen({}, {})
    for model_id in chosen:
        try:
            found.known[model_id] = catalog.record(model_id).facts
        except InputError as error:
            found.broken[model_id] = error
    return found


def since(text: str | None) -> str | None:
    """``--since`` as RFC 3339 in UTC. Raises UsageError for what is no time."""
    if text is None:
        return None
    ago = _AGO.fullmatch(text)
    try:
        if ago:
            moment = datetime.now(UTC) - timedelta(hours=int(ago[1]) * _HOURS[ago[2]])
        else:
            moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"--since {text!r} is no time", hint="give a date, 2026-11-01, or an age, 36h or 7d"
        ) from error
    moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def now() -> str:
    """The time, as it is written into the catalog."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def memory_path(catalog: Catalog) -> Path:
    """What the last sync remembered for the next one's plan."""
    return work_folder(catalog.root) / "sync" / "memory.json"


def journal_path(catalog: Catalog) -> Path:
    """What a sync that was broken off had finished."""
    return work_folder(catalog.root) / "sync" / "journal.jsonl"


def troubled(catalog: Catalog) -> set[str]:
    """The models that the last look did not find."""
    return {model_id for model_id, row in catalog.popularity().items() if row.trouble}
