"""Give records their tags anew and hold the result against what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from curation import canonical, evidence
from curation.checks import gate
from curation.checks.cache import Cache, Judged
from curation.checks.claims import Claim, of_record, unlocated
from curation.checks.families import overrides
from curation.checks.seen import Row
from curation.checks.sources import Source
from curation.errors import CurateError
from curation.records import FACETS, FacetTags, Finding, Override, Record, Tags
from curation.rules import Pack
from curation.store.settings import Settings

if TYPE_CHECKING:
    from curation.pipeline import FetchCard, Retagger
    from curation.store.catalog import Catalog


def findings(root: Path, source: Source, outcome: gate.Outcome, cache: Cache) -> list[Finding]:
    """What recomputing tells of the records for which no card must be fetched.

    These are records without a card, and those with decisions on tags whose card is cached. A
    record whose inputs have changed has a finding already.
    """
    found: list[Finding] = []
    again = _Recheck(root, source, outcome)
    for model_id in _candidates(outcome):
        path = f"models/{model_id}.json"
        key = again.key(model_id)
        known = cache.judged(path, key)
        if known is None:
            known = Judged(key, tuple(map(unlocated, again.claims(model_id))))
            cache.keep_judged(path, known)
        found.extend(known.findings)
    return found


def differing(old: Record, new: Record) -> Iterator[Claim]:
    """The claim that the tags of ``old`` are not those of ``new``, if so."""
    moved = [name for name in (*FACETS, "size") if _of(old.tags, name) != _of(new.tags, name)]
    if moved:
        message = f"not what the rules give: {', '.join(moved)}"
        yield of_record(old.id, "CUR214", ("tags", moved[0]), message)


def _of(tags: Tags, name: str) -> object:
    return getattr(tags, name)


def _candidates(outcome: gate.Outcome) -> Iterator[str]:
    whole = outcome.world
    for model_id, row in whole.records.items():
        override = whole.overrides.get(model_id, Override())
        if row.packs is None or row.packs != whole.packs or not _is_current(row, override):
            continue
        if not row.card or override.tags:
            yield model_id


def stale(
    catalog: Catalog, model_ids: Iterable[str], fetch: FetchCard | None
) -> Iterator[tuple[str, str]]:
    """Each id with what tagging anew would change, '' for nothing; nothing is written.

    ``fetch`` gets cards that are not cached. A record that cannot be tagged is told, too.
    """
    from curation import pipeline

    settings = catalog.settings
    packs = pipeline.catalog_packs(catalog)
    retag = pipeline.Retagger(packs, settings.packs, settings.taggers)
    for model_id in model_ids:
        try:
            old = catalog.record(model_id)
            new = retag(old, pipeline.card_text(catalog, old, fetch), catalog.override(model_id))
        except CurateError as error:
            yield model_id, f"cannot be tagged: {error}"
        else:
            yield model_id, _moved(old, new)


def _moved(old: Record, new: Record) -> str:
    told = [claim.message for claim in differing(old, new)]
    changed = [n for n in old.inputs.__struct_fields__ if _input(old, n) != _input(new, n)]
    if changed:
        told.insert(0, f"made from other {', '.join(changed)}")
    return "; ".join(told)


def _input(record: Record, name: str) -> object:
    return getattr(record.inputs, name)


def rules(packs: Iterable[Pack], settings: Settings) -> str:
    """The hash of the rules; what it takes to tell is imported only when it must be told."""
    from curation.pipeline import rules_digest

    return rules_digest(packs, settings.packs, settings.taggers)


def _is_current(row: Row, override: Override) -> bool:
    return row.override == (canonical.digest(override) if override != Override() else None)


class _Recheck:
    def __init__(self, root: Path, source: Source, outcome: gate.Outcome) -> None:
        self._root = root
        self._source = source
        self._outcome = outcome

    def key(self, model_id: str) -> str:
        """What a verdict on the record rests on, but for its cached card."""
        record = self._outcome.seen[f"models/{model_id}.json"].key
        override = self._outcome.seen.get(f"overrides/{model_id}.toml")
        card = (
            self._card(model_id) if override and self._outcome.world.records[model_id].card else ""
        )
        at_hand = "card" if card else "no card"
        return f"{record} {override.key if override else ''} {self._outcome.world.packs} {at_hand}"

    def claims(self, model_id: str) -> Iterator[Claim]:
        """What the rules hold against the record, and against decisions on it."""
        record = self._outcome.world.record(model_id)
        if record is None or record.inputs.facts != canonical.digest(record.facts):
            return
        text = self._card(model_id)
        if text is None and record.inputs.card is not None:
            return
        override = self._outcome.world.overrides.get(model_id, Override())
        yield from differing(record, self._retagger(record, text, override))
        if override.tags:
            bare = self._retagger(record, text, Override(facts=override.facts))
            yield from _decisions(model_id, override, bare.tags)

    def _card(self, model_id: str) -> str | None:
        """The cached card, if it is the one that the record was tagged from."""
        from curation.store.catalog import Catalog

        record = self._outcome.world.record(model_id)
        if record is None or record.facts.revision is None or record.inputs.card is None:
            return None
        text = Catalog(self._root).card(model_id, record.facts.revision)
        return text if text is not None and card_hash(text) == record.inputs.card else None

    @cached_property
    def _retagger(self) -> Retagger:
        from curation.pipeline import Retagger

        settings = self._outcome.world.settings
        packs = gate.packs_in_use(self._source, self._outcome.seen)
        if settings is None:
            return Retagger(packs)
        return Retagger(packs, settings.packs, settings.taggers)


def card_hash(text: str) -> str:
    """The hash of a card, as a record's ``inputs`` hold it."""
    return canonical.hash_bytes(text.encode("utf-8", "surrogatepass"))


def _decisions(model_id: str, override: Override, inferred: Tags) -> Iterator[Claim]:
    for name, decision in override.tags.items():
        facet: FacetTags = getattr(inferred, name)
        chosen = decision.value if isinstance(decision.value, tuple) else (decision.value,)
        same = facet.state == "known" and {tag.value for tag in facet.values} == set(chosen)
        judged = evidence.judged(facet)
        yield from overrides.decided(model_id, ("tags", name), decision, same, judged)
