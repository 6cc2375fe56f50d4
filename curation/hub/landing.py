"""Put what a sync found into the catalog: facts, cards, counts, troubles, and new names."""

from __future__ import annotations

import threading

from msgspec.structs import replace

from curation.errors import ConflictError
from curation.hub.client import Answer
from curation.hub.freshness import noted
from curation.hub.journal import Journal
from curation.hub.outcome import Outcome
from curation.records import Record
from curation.store import atomic
from curation.store.catalog import Catalog
from curation.store.popularity import Popularity

#: Troubles that look the same when a model is gone and when the Hub, or our token, is.
_VANISHED = frozenset({"unreachable", "missing"})
#: So many may always vanish at once.
_FEW = 5


class Landing:
    """Writes outcomes into a locked catalog.

    Threads may share one, but for renamed models, which are taken alone.

    After a kill at any moment the catalog is whole, and the next sync finishes: a card is saved
    before the record that makes it be asked for no more, a renamed model's old record is
    the last thing to go, and the journal is told when all that is done. ``checked`` is the time
    of the look; None where it was no look at the Hub, which leaves the time of the last one.
    """

    def __init__(
        self, catalog: Catalog, checked: str | None, journal: Journal | None = None
    ) -> None:
        self.wrote = False
        self._catalog = catalog
        self._checked = checked
        self._journal = journal
        self._before = catalog.popularity()
        self._popularity = {**self._before, **(journal.done if journal else {})}
        self._lock = threading.Lock()
        self._looked = 0
        self._troubles: dict[str, str] = {}

    def take(self, outcome: Outcome) -> None:
        """Write one model's facts, and its card if it has a new one. Overrides are only moved.

        Raises ConflictError if a model was renamed to one that has decisions of its own.
        """
        answer = outcome.answer
        with self._lock:
            self._looked += 1
            if outcome.trouble:
                self._troubles[outcome.id] = outcome.trouble
        if answer is None:
            return
        if outcome.card is not None and answer.facts.revision is not None:
            self._catalog.save_card(answer.canonical_id, answer.facts.revision, outcome.card)
        if outcome.state == "renamed":
            self._move(outcome.id, answer)
        elif outcome.state == "refreshed":
            record = self._catalog.record(outcome.id)
            self._write(replace(record, facts=answer.facts))
        with self._lock:
            self._count(outcome.id, answer)

    def known(self, outcome: Outcome) -> bool:
        """Whether the catalog recorded this very trouble before."""
        old = self._before.get(outcome.id)
        return outcome.trouble is not None and old is not None and old.trouble == outcome.trouble

    def unbelieved(self) -> list[str]:
        """The models that vanished now, if too many did at once to be believed; else none."""
        new = [
            model_id
            for model_id, trouble in self._troubles.items()
            if trouble in _VANISHED and self._trouble_before(model_id) != trouble
        ]
        most = max(_FEW, self._catalog.settings.sync.removal_ratio * self._looked)
        return sorted(new) if len(new) > most else []

    def finish(self) -> None:
        """Write ``popularity.csv``, if anything in it changed, and end the journal."""
        doubted = {*self.unbelieved()}
        for model_id, trouble in self._troubles.items():
            if model_id not in doubted:
                row = self._popularity.get(model_id, Popularity())
                self._popularity[model_id] = replace(row, trouble=trouble)
        if self._popularity != self._before:
            self.wrote |= self._catalog.save_popularity(self._popularity)
        if self._journal:
            self._journal.finish()

    def _trouble_before(self, model_id: str) -> str | None:
        row = self._before.get(model_id)
        return row.trouble if row else None

    def _write(self, record: Record) -> None:
        if self._catalog.write(record):
            self.wrote = True

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
        old = self._popularity.get(answer.canonical_id) or self._popularity.get(asked)
        checked = self._checked or (old.checked if old else None)
        row = Popularity(downloads=answer.downloads, likes=answer.likes, checked=checked)
        row = noted(old, row, self._catalog.settings)
        self._popularity[answer.canonical_id] = row
        if self._journal:
            self._journal.note(answer.canonical_id, row)
