"""What the rules say of models on which people decided: needed to tell if decisions still hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from curation.errors import InputError

if TYPE_CHECKING:
    from curation.pipeline import Retagger
    from curation.records import Record, Tags
    from curation.review import Side, State

#: Gives the cached card of a model at a revision, or None.
Card = Callable[[str, str], str | None]


def with_inferred(
    state: State, side: Side, root: Path | None, other: State, taggers: Taggers
) -> State:
    """``state`` with the tags that decided facets would have without the decisions.

    Only of models whose decisions stand as they stood while their record changed, and only where
    what they were tagged from is at hand: the card that is cached below the catalog ``root``, or
    none, and the packs that ``side`` pins.
    """
    if root is None:
        return state
    from curation.store.catalog import Catalog

    card = Catalog(root).card
    cards = {
        name: text
        for name, record in state.records.items()
        if _needs(name, state, other) and (text := _card(record, card)) is not False
    }
    if not cards:
        return state
    try:
        retag = taggers.of(side)
    except InputError:  # packs of another version of this tool; the digest says what it lacks
        return state
    known = {name: _tags(state, name, retag, text) for name, text in cards.items()}
    return msgspec.structs.replace(state, inferred=known)


def _needs(model_id: str, state: State, other: State) -> bool:
    here, there = state.overrides.get(model_id), other.overrides.get(model_id)
    if here is None or there is None or state.records[model_id] == other.records.get(model_id):
        return False
    return any(there.tags.get(name) == decision for name, decision in here.tags.items())


class Taggers:
    """Makes the tagger of a side, and the same one for sides of the same rules."""

    def __init__(self) -> None:
        self._made: dict[frozenset[tuple[str, str]], Retagger] = {}

    def of(self, side: Side) -> Retagger:
        """A tagger with all packs of ``side``, and not only those that differ."""
        from curation.review import sides
        from curation.store.settings import FILE

        listed = side.listing()
        paths = [path for path in listed if path == FILE or path.startswith(f"{sides.RULES}/")]
        key = frozenset((path, listed[path]) for path in paths)
        if key not in self._made:
            self._made[key] = _retagger(side, listed, paths)
        return self._made[key]


def _retagger(side: Side, listed: Mapping[str, str], paths: Iterable[str]) -> Retagger:
    from curation import packs, pipeline
    from curation.review import held

    whole = held(side, listed, paths)
    settings = whole.settings
    own = tuple(whole.packs[path] for path in sorted(whole.packs))
    combined = packs.combined(packs.pinned(settings.packs if settings else {}), own)
    if settings is None:
        return pipeline.Retagger(combined)
    return pipeline.Retagger(combined, settings.packs, settings.taggers)


def _card(record: Record, card: Card) -> str | Literal[False] | None:
    """The card that ``record`` was tagged from, None if it was from none; False if not here."""
    from curation.cli.recheck import card_hash

    text = card(record.id, record.facts.revision) if record.facts.revision else None
    made_from = card_hash(text) if text is not None else None
    return text if record.inputs.card == made_from else False


def _tags(state: State, model_id: str, retag: Retagger, text: str | None) -> Tags:
    from curation.records import Override

    corrections = Override(facts=state.overrides[model_id].facts)
    return retag(state.records[model_id], text, corrections).tags
