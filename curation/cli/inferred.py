"""What the rules say of models on which people decided: needed to tell if decisions still hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from curation.pipeline import Retagger
    from curation.records import Record, Tags
    from curation.review import Side, State

#: Gives the cached card of a model at a revision, or None.
Card = Callable[[str, str], str | None]


def with_inferred(state: State, side: Side, root: Path | None, other: State) -> State:
    """``state`` with the tags that decided facets would have without the decisions.

    Only of models whose decisions stand as they stood while their record changed, and only where
    what they were tagged from is at hand: the card that is cached below the catalog ``root``, or
    none. Raises InputError for pins that this tool does not bring.
    """
    model_ids = [name for name in state.records if _needs(name, state, other)]
    if not model_ids or root is None:
        return state
    from curation.store.catalog import Catalog

    retag, card = _retagger(side), Catalog(root).card
    tags = {name: _tags(state, name, retag, card) for name in model_ids}
    known = {name: one for name, one in tags.items() if one is not None}
    return msgspec.structs.replace(state, inferred=known)


def _needs(model_id: str, state: State, other: State) -> bool:
    here, there = state.overrides.get(model_id), other.overrides.get(model_id)
    if here is None or there is None or state.records[model_id] == other.records.get(model_id):
        return False
    return any(there.tags.get(name) == decision for name, decision in here.tags.items())


def _retagger(side: Side) -> Retagger:
    """A tagger with the packs of ``side``, all of them and not only those that differ."""
    from curation import packs, pipeline
    from curation.review import held, sides
    from curation.store.settings import FILE

    listed = side.listing()
    rules = [path for path in listed if path.startswith(f"{sides.RULES}/")]
    whole = held(side, listed, [FILE, *rules])
    settings = whole.settings
    own = tuple(whole.packs[path] for path in sorted(whole.packs))
    stock = packs.pinned(settings.packs if settings else {})
    combined = packs.combined(stock, own)
    if settings is None:
        return pipeline.Retagger(combined)
    return pipeline.Retagger(combined, settings.packs, settings.taggers)


def _tags(state: State, model_id: str, retag: Retagger, card: Card) -> Tags | None:
    from curation.cli.recheck import card_hash
    from curation.records import Override

    record: Record = state.records[model_id]
    text = card(model_id, record.facts.revision) if record.facts.revision else None
    if record.inputs.card != (card_hash(text) if text is not None else None):
        return None
    return retag(record, text, Override(facts=state.overrides[model_id].facts)).tags
