"""Write decisions into the file of a model, behind what people wrote there."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping

from curation.records import Decision
from curation.store import atomic, decisions, tree
from curation.store.catalog import Catalog


def add(catalog: Catalog, model_id: str, tags: Mapping[str, Decision]) -> list[str]:
    """Decide facets of ``model_id`` that nobody has decided, and say which these were.

    What is in the file stays, comments and all. Raises InputError for a file that cannot be read,
    and for a facet that cannot be decided.
    """
    decided = catalog.override(model_id).tags
    new = {facet: decision for facet, decision in tags.items() if facet not in decided}
    if not new:
        return []
    path = catalog.override_path(model_id)
    try:
        text = tree.read(path)
    except FileNotFoundError:
        text = b""
    gap = b"" if not text else b"\n" if text.endswith(b"\n") else b"\n\n"
    data = text + gap + "\n".join(_table(facet, one) for facet, one in new.items()).encode()
    decisions.decode(data, str(path))  # what cannot be read is never written
    atomic.replace(path, data)
    return list(new)


def _table(facet: str, decision: Decision) -> str:
    lines = [f"[tags.{facet}]", f"value = {_text(decision.value)}"]
    lines += [f"reason = {_text(decision.reason)}", f"by = {_text(decision.by)}"]
    lines += [f"on = {datetime.date.fromisoformat(decision.on).isoformat()}"]
    return "\n".join([*lines, ""])


def _text(value: object) -> str:
    # A JSON text or list of texts is a TOML one, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
