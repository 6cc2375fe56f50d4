"""Put what a sync found into the catalog: facts, cards, counts, and new names."""

from __future__ import annotations

from msgspec.structs import replace

from curation.errors import ConflictError
from curation.hub.client import Answer
from curation.hub.freshness import noted
from curation.hub.sync import Outcome
from curation.records import Record
from curation.store import atomic
from curation.store.catalog import Catalog
from curation.store.popularity import Popularity


class Landing:
    """Writes outcomes into a locked catalog, one at a time.

    After a kill at any moment the catalog is whole, and the next sync finishes: a card is saved
    before the record that makes it be asked for no more, and a renamed model's old record is
    the last thing to go. ``checked`` is the time of the look.
    """

    def __init__(self, catalog: Catalog, checked: str) -> None:
        self.wrote = False
        self._catalog = catalog
        self._checked = checked
        self._before = catalog.popularity()
        self._popularity = dict(self._before)

    def take(self, outcome: Outcome) -> None:
        """Write one model's facts, and its card if it has a new one. Overrides are only moved.

        Raises ConflictError if a model was renamed to one that has decisions of its own.
        """
        answer = outcome.answer
        if answer is None:
            return
        if outcome.card is not None and answer.facts.revision is not None:
            self._catalog.save_card(answer.canonical_id, answer.facts.revision, outcome.card)
        if outcome.state == "renamed":
            self._move(outcome.id, answer)
        elif outcome.state == "refreshed":
            record = self._catalog.record(outcome.id)
            self._write(replace(record, facts=answer.facts))
        self._count(outcome.id, answer)

    def finish(self) -> None:
        """Write ``popularity.csv``, if anything in it changed."""
        if self._popularity != self._before:
            self.wrote |= self._catalog.save_popularity(self._popularity)

    def _write(self, record: Record) -> None:
        self.wrote |= self._catalog.write(record)

    def _move(self, old_id: str, answer: Answer) -> None:
        old, new_id = self._catalog.record(old_id), answer.canonical_id
        self._check_decisions(old_id, new_id)
        if self._catalog.path(new_id).exists():
            target = self._catalog.record(new_id)  # its facts come with its own outcome
        else:
            target = replace(old, id=new_id, facts=answer.facts)
        aliases = {*old.aliases, *target.aliases, old_id} - {new_id}
        self._write(replace(target, aliases=tuple(sorted(aliases))))
        self._move_decisions(old_id, new_id)
        self._catalog.remove(old_id)
        self._popularity.pop(old_id, None)

    def _check_decisions(self, old_id: str, new_id: str) -> None:
        old, new = self._catalog.override_path(old_id), self._catalog.override_path(new_id)
        if old.exists() and new.exists():
            raise ConflictError(
                f"{old_id}: renamed to {new_id}, and both have decisions",
                hint=f"merge {old} into {new}, and delete it",
            )

    def _move_decisions(self, old_id: str, new_id: str) -> None:
        old, new = self._catalog.override_path(old_id), self._catalog.override_path(new_id)
        if old.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
            atomic.sync_folder(new.parent)
            atomic.sync_folder(old.parent)

    def _count(self, asked: str, answer: Answer) -> None:
        row = Popularity(downloads=answer.downloads, likes=answer.likes, checked=self._checked)
        old = self._popularity.get(answer.canonical_id) or self._popularity.get(asked)
        self._popularity[answer.canonical_id] = noted(old, row, self._catalog.settings)
