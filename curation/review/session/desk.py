"""Where a session looks models up, and writes: overrides and rejections, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

from curation import canonical, evidence
from curation.errors import ConflictError
from curation.records import INFERRED, Decision, FacetTags, Inputs, Override, Record, Tags
from curation.review import signing
from curation.review.session.items import WHYS, Case, Item
from curation.review.session.memory import recall, shown
from curation.review.session.news import everything
from curation.review.session.waiting import waiting
from curation.review.signing import Signed
from curation.roots import work_folder
from curation.store import deciding, judgements, rejections
from curation.store.catalog import Catalog
from curation.store.ledgers import Rejection
from curation.store.steps import Step, step
from curation.values import Value

#: The reason of what is accepted by a keystroke.
ACCEPTED = "Looked at in review: what was inferred holds."


class Rules(Protocol):
    """What the rules say of models."""

    def bare(self, model_id: str) -> Tags | None:
        """The tags without decisions on tags; None if that takes a card that is not at hand."""

    def now(self, model_id: str) -> Tags | None:
        """The tags with today's decisions, or None like ``bare``."""

    def bring(self, model_id: str) -> None:
        """Have the card at hand. Raises CurateError if it cannot be had."""


class Desk:
    """Looks at models and writes down what was decided on them.

    ``before`` has the tags on the other side of a comparison, by id; ``asks`` says what of all
    that waits is asked for. ``touched`` are the models
    whose records have to be tagged anew; ``untold`` those whose decisions cannot be held against
    the rules, because their card is not at hand.
    """

    def __init__(
        self,
        catalog: Catalog,
        rules: Rules,
        *,
        by: str,
        today: str,
        before: Mapping[str, Tags],
        asks: Callable[[Item], bool] = everything,
    ) -> None:
        self._catalog = catalog
        self._rules = rules
        self._by = by
        self._today = today
        self._before = before
        self._asks = asks
        self._folder = work_folder(catalog.root)
        self._memory = judgements.load(self._folder)
        self._declined = _by_id(rejections.read(catalog.root))
        self.touched: set[str] = set()
        self.untold: set[str] = set()

    def survey(
        self, model_ids: Collection[str], advance: Callable[[], None] = lambda: None
    ) -> list[Item]:
        """All that waits: by why, facet and group; what was put off comes last."""
        found = []
        for model_id in model_ids:
            found += self.look(model_id)
            advance()
        return sorted(found, key=self._order)

    def look(self, model_id: str) -> list[Item]:
        """What waits of one model, as its files are now. Raises InputError."""
        record = self._catalog.record(model_id)
        override = self._catalog.override(model_id)
        if _is_behind(record, override):  # a session was killed before it ended
            self.touched.add(model_id)
        if not _worth_it(record, override, self._before.get(model_id)):
            return []
        decided = override.tags or any(_is_decided(record.tags, name) for name in INFERRED)
        bare = self._rules.bare(model_id) if decided else record.tags
        now = self._rules.now(model_id) if decided else record.tags
        if override.tags and bare is None:
            self.untold.add(model_id)
        before = self._before.get(model_id)
        now = now or record.tags
        declined = self._declined.get(model_id, ())
        case = Case(record, override, bare, now, before, declined, self._memory, self._today)
        overtaken = (item.decision for item in waiting(case) if item.decision)
        judged = {decision.judged for decision in overtaken if decision.judged}
        recall(self._catalog, model_id, judged, self._memory)
        return [item for item in waiting(case) if self._asks(item)]

    def do(self, items: Iterable[Item], action: Callable[[Item], None]) -> Step:
        """``action`` on all items, as one step that can be undone.

        Raises CurateError, in which case nothing was written.
        """
        items = list(items)
        paths = {self._catalog.override_path(item.id) for item in items}
        paths.add(self._catalog.root / rejections.FILE)
        with step(sorted(paths)) as made:
            for item in items:
                action(item)
        self.touched |= {item.id for item in items}
        for item in items:
            self._memory.skipped.pop(item.key, None)
        judgements.save(self._folder, self._memory)
        return made

    def ready(self, item: Item) -> None:
        """Have at hand what it takes to decide. Raises CurateError if it cannot be had."""
        if item.part == "tags":
            self._inferred(item)

    def accept(self, item: Item) -> None:
        """What is inferred holds; or what was decided before does."""
        reason = item.decision.reason if item.decision else ACCEPTED
        assert item.accepts is not None
        self.decide(item, item.accepts, reason)

    def decide(self, item: Item, value: Value, reason: str) -> None:
        """``value`` holds, whatever is inferred. Raises CurateError."""
        signed = Signed(reason=reason, by=self._by, on=self._today)
        deciding.put(
            self._catalog, item.id, item.part, item.name, self._judged(item, value, signed)
        )

    def decline(self, item: Item, value: str, reason: str) -> None:
        """``value`` does not hold: written down as declined, and decided without it."""
        self.decide(item, item.without(value), reason)
        told = Rejection(
            id=item.id,
            facet=item.name,
            value=value,
            judged=item.judged,
            reason=reason,
            by=self._by,
            on=self._today,
        )
        entries = [one for one in rejections.read(self._catalog.root) if one.id == item.id]
        if (told.facet, value, told.judged) not in {(o.facet, o.value, o.judged) for o in entries}:
            rejections.append(self._catalog.root, [told])

    def withdraw(self, item: Item) -> None:
        """Nothing is decided any more: what is inferred, or stated, holds."""
        deciding.withdraw(self._catalog, item.id, item.part, item.name)

    def put_off(self, item: Item) -> None:
        """It comes last the next time, unless its evidence has changed by then."""
        self._memory.skipped[item.key] = item.judged
        judgements.save(self._folder, self._memory)

    def take_up(self, item: Item) -> None:
        """It is not put off after all."""
        self._memory.skipped.pop(item.key, None)
        judgements.save(self._folder, self._memory)

    def _judged(self, item: Item, value: Value, signed: Signed) -> Decision:
        if item.part == "facts":
            stated = getattr(self._catalog.record(item.id).facts, item.name)
            self._memory.stated[canonical.digest(stated)] = shown(stated)
            return signing.on_fact(stated, value, signed)
        facet = self._inferred(item)
        self._memory.remember([facet])
        return signing.on_facet(facet, value, signed)

    def _inferred(self, item: Item) -> FacetTags:
        """The facet without decisions. Raises ConflictError if it is not what was shown."""
        self._rules.bring(item.id)
        tags = self._rules.bare(item.id)
        facet: FacetTags | None = getattr(tags, item.name) if tags else None
        if facet is None or evidence.judged(facet) != item.judged:
            raise ConflictError(
                f"{item.id} is not tagged by today's rules and card: nothing was decided",
                hint=f"run 'curate tag {item.id}'",
            )
        return facet

    def _order(self, item: Item) -> tuple[bool, int, int, tuple[str, ...], str]:
        put_off = self._memory.skipped.get(item.key) == item.judged
        facet = INFERRED.index(item.name) if item.name in INFERRED else -1
        return put_off, WHYS.index(item.why), facet, item.group, item.id


def _by_id(entries: Iterable[Rejection]) -> dict[str, tuple[Rejection, ...]]:
    found: dict[str, tuple[Rejection, ...]] = {}
    for one in entries:
        found[one.id] = (*found.get(one.id, ()), one)
    return found


def _is_behind(record: Record, override: Override) -> bool:
    """Whether the record was tagged under other decisions than today's."""
    decided = canonical.digest(override) if override != Override() else None
    return record.inputs != Inputs() and record.inputs.override != decided


def _worth_it(record: Record, override: Override, before: Tags | None) -> bool:
    """Whether anything can wait, as far as that is seen at once."""
    if override != Override() or (before and before.scope != record.tags.scope):
        return True
    facets = (getattr(record.tags, name) for name in INFERRED)
    return any(
        facet.state == "conflicting"
        or facet.origin == "override"
        or any(tag.review for tag in facet.values)
        for facet in facets
    )


def _is_decided(tags: Tags, name: str) -> bool:
    return bool(getattr(tags, name).origin == "override")
