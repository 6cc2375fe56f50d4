"""What decisions on a catalog need of the rules: what they say without them, and tags anew."""

from __future__ import annotations

from functools import cached_property

from curation import pipeline
from curation.errors import HubError, InputError, UsageError
from curation.pipeline import FetchCard, Retagger
from curation.records import Inputs, Override, Record, Tags
from curation.store.catalog import Catalog


class Bench:
    """Tags records as their decisions would have it. ``fetch`` gets cards that are not cached.

    A record is only ever tagged with the card that it was tagged with, so that none loses what
    its card told.
    """

    def __init__(self, catalog: Catalog, fetch: FetchCard | None = None) -> None:
        self._catalog = catalog
        self._fetch = fetch

    def bare(self, model_id: str) -> Tags | None:
        """The tags without decisions on tags; None if that takes a card that is not at hand."""
        return self._tags(model_id, Override(facts=self._catalog.override(model_id).facts))

    def now(self, model_id: str) -> Tags | None:
        """The tags with today's decisions, or None like ``bare``."""
        return self._tags(model_id, self._catalog.override(model_id))

    def card(self, model_id: str) -> str | None:
        """The card that a model was tagged with; None if there was none, or it is not at hand.

        Raises HubError if it cannot be had.
        """
        record = self._catalog.record(model_id)
        if record.inputs.card is None:
            return None
        return pipeline.card_text(self._catalog, record, self._fetch)

    def bring(self, model_id: str) -> None:
        """Have the card of a model at hand. Raises CurateError if it cannot be had."""
        record = self._catalog.record(model_id)
        if record.inputs == Inputs():
            raise UsageError(
                f"{model_id} was never tagged",
                hint=f"run 'curate sync', then 'curate tag {model_id}'",
            )
        if record.inputs.card is None:
            return
        try:
            text = pipeline.card_text(self._catalog, record, self._fetch)
        except HubError as error:
            raise type(error)(f"the card of {model_id}: {error}", hint=error.hint) from error
        if text is None:
            raise InputError(
                f"the card of {model_id} is not at hand, and its tags rest on it",
                hint="leave out --offline, or check the Hub with 'curate doctor'",
            )

    def tag(self, model_id: str) -> bool:
        """Write the tags that facts, card and decisions lead to; whether anything changed.

        Raises CurateError if the card cannot be had.
        """
        self.bring(model_id)
        record, text = self._record(model_id)
        return self._catalog.write(self._retag(record, text, self._catalog.override(model_id)))

    def _tags(self, model_id: str, override: Override) -> Tags | None:
        record, text = self._record(model_id)
        if text is None and record.inputs.card is not None:
            return None
        return self._retag(record, text, override).tags

    def _record(self, model_id: str) -> tuple[Record, str | None]:
        """The record and, if it was tagged with one, its card from the cache."""
        record = self._catalog.record(model_id)
        if record.inputs.card is None:
            return record, None
        return record, pipeline.card_text(self._catalog, record, None)

    @cached_property
    def _retag(self) -> Retagger:
        settings = self._catalog.settings
        packs = pipeline.catalog_packs(self._catalog)
        return Retagger(packs, settings.packs, settings.taggers)
