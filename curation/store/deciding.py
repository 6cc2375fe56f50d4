"""Write decisions into the file of a model; what else people wrote there stays as it is."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import structs

from curation.errors import InputError
from curation.records import Decision, Override
from curation.store import atomic, decisions, tables, tree
from curation.store.catalog import Catalog

#: What is decided: a facet, or a fact that the Hub states.
Part = Literal["tags", "facts"]


def add(catalog: Catalog, model_id: str, tags: Mapping[str, Decision]) -> list[str]:
    """Decide facets of ``model_id`` that nobody has decided, and say which these were.

    Raises InputError for a file that cannot be read, and for a facet that cannot be decided.
    """
    decided = catalog.override(model_id).tags
    new = {facet: decision for facet, decision in tags.items() if facet not in decided}
    if new:
        path = catalog.override_path(model_id)
        blocks = ("".join(_table("tags", facet, one)) for facet, one in new.items())
        data = _appended(_text_of(path), "\n".join(blocks)).encode()
        decisions.decode(data, str(path))  # what cannot be read is never written
        atomic.replace(path, data)
    return list(new)


def put(catalog: Catalog, model_id: str, part: Part, name: str, decision: Decision) -> None:
    """Decide one facet or fact anew; comments and all other decisions stay byte for byte.

    Raises InputError for a file that cannot be read, for what cannot be decided, and where an
    older decision is not written as a table of its own.
    """
    path = catalog.override_path(model_id)
    text = _text_of(path)
    wanted = catalog.override(model_id)
    getattr(wanted, part)[name] = decision
    lines = tables.lines_of(text)
    place = tables.find(lines, (part, name))
    block = _table(part, name, decision)
    if place is None:
        _write(path, _appended(text, "".join(block)), wanted)
        return
    if not lines[place.header].endswith("\n"):
        lines[place.header] += "\n"
    lines[place.header + 1 : place.end] = [*place.comments, *block[1:]]
    _write(path, "".join(lines), wanted)


def withdraw(catalog: Catalog, model_id: str, part: Part, name: str) -> None:
    """Take a decision out of the file, and the file away if nothing is left in it.

    Raises InputError where there is none, or where it is not written as a table of its own.
    """
    path = catalog.override_path(model_id)
    wanted = catalog.override(model_id)
    if getattr(wanted, part).pop(name, None) is None:
        raise InputError(f"{path}: no decision on {part}.{name}")
    lines = tables.lines_of(_text_of(path))
    place = tables.find(lines, (part, name))
    if place is not None:
        start, end = place.header, place.end
        if end < len(lines) and not lines[end].strip():
            end += 1
        elif end == len(lines) and start and not lines[start - 1].strip():
            start -= 1
        del lines[start:end]
    if "".join(lines).strip():
        _write(path, "".join(lines), wanted)
    else:
        path.unlink()
        atomic.sync_folder(path.parent)


def _write(path: Path, text: str, wanted: Override) -> None:
    data = text.encode()
    try:
        found = decisions.decode(data, str(path))
    except InputError:
        _refuse_values(path, wanted)
        raise _unwritable(path) from None
    if found != wanted:
        raise _unwritable(path)
    atomic.replace(path, data)


def _refuse_values(path: Path, wanted: Override) -> None:
    """Raise InputError if a decision itself cannot be, however it is written."""
    tables_ = [_table("tags", *one) for one in wanted.tags.items()]
    tables_ += [_table("facts", *one) for one in wanted.facts.items()]
    decisions.decode("".join("".join(table) for table in tables_).encode(), str(path))


def _unwritable(path: Path) -> InputError:
    return InputError(
        f"{path}: a decision there is not written as a table of its own",
        hint="write it as [tags.FACET] or [facts.FACT] with its keys below",
    )


def _text_of(path: Path) -> str:
    try:
        return tree.read(path).decode()
    except FileNotFoundError:
        return ""


def _appended(text: str, block: str) -> str:
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return text + gap + block


def _table(part: Part, name: str, decision: Decision) -> list[str]:
    """The lines of a decision."""
    fields = structs.asdict(decision)
    stated = {key: value for key, value in fields.items() if key == "value" or value}
    return [f"[{part}.{name}]\n"] + [f"{key} = {_text(key, it)}\n" for key, it in stated.items()]


def _text(key: str, value: object) -> str:
    if key in ("on", "expires"):
        return datetime.date.fromisoformat(str(value)).isoformat()
    if value is None:  # TOML has no null
        return "[]"
    # A JSON text or list of texts is a TOML one, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
