"""The stages in order: facts and cards in, tags out, for a catalog or for a bulk file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from curation import canonical, packs, roots
from curation.card import parse
from curation.errors import CurateError, InputError
from curation.hub import bulk
from curation.hub.bulk.rows import Row, RowError
from curation.records import Inputs, Override, Record, Tags
from curation.rules import Pack
from curation.store import decisions
from curation.store.catalog import Catalog
from curation.tagging import Tagger, calibration, plugins, rows
from curation.tagging.calibration import Fitted
from curation.tagging.governance.gold import Gold
from curation.tagging.tagger import Heard

#: Gives the card of a model at a revision, or None if the repository has none.
FetchCard = Callable[[str, str], str | None]
#: Of a catalog that pins nothing.
NO_PINS: Mapping[str, str] = {}


class Tagged(msgspec.Struct, frozen=True):
    """What tagging did to one record; ``card`` says whether its card was at hand."""

    id: str
    changed: bool
    card: bool
    old: Record
    new: Record


class Untagged(msgspec.Struct, frozen=True):
    """A record that could not be tagged, and why."""

    id: str
    reason: str
    hint: str | None


def tag_rows(
    source: Iterable[Row | RowError], tagger: Tagger, family: Mapping[str, Tags] | None = None
) -> Iterator[rows.Row | RowError]:
    """The tags of bulk rows, in input order; rows that are no models pass through.

    ``family`` holds the tags of models that others may be made from.
    """
    for item in source:
        if isinstance(item, RowError):
            yield item
        else:
            yield rows.row(item.id, tags_of(item, tagger, family))


def tags_of(item: Row, tagger: Tagger, family: Mapping[str, Tags] | None = None) -> Tags:
    """The tags of one bulk row."""
    card = parse(item.card) if item.card is not None else None
    return tagger.tag(item.id, item.facts, card, family=family)


def family(catalog: Path) -> dict[str, Tags]:
    """The tags of every model of a catalog, by id and by each alias."""
    found = Catalog(roots.find_catalog(catalog)).records()
    return {name: record.tags for record in found for name in (record.id, *record.aliases)}


def tag_catalog(
    catalog: Catalog, model_ids: Iterable[str], *, fetch: FetchCard | None = None
) -> Iterator[Tagged | Untagged]:
    """Tag records anew and write those that change. ``fetch`` gets cards that are not cached.

    A record that cannot be read, or whose card cannot be had, is left as it is.
    """
    settings = catalog.settings
    retag = Retagger(catalog_packs(catalog), settings.packs, settings.taggers)
    for model_id in model_ids:
        try:
            old = catalog.record(model_id)
            text = card_text(catalog, old, fetch)
            if text is None and fetch is None and old.inputs.card is not None:
                raise InputError(
                    f"{model_id}: its card is not at hand, and its tags rest on it",
                    hint="leave out --offline",
                )
            new = retag(old, text, catalog.override(model_id))
        except CurateError as error:
            yield Untagged(model_id, str(error), error.hint)
        else:
            yield Tagged(model_id, catalog.write(new), text is not None, old, new)


def catalog_packs(catalog: Catalog) -> tuple[Pack, ...]:
    """The stock packs that the catalog pins, and its own."""
    stock = packs.pinned(catalog.settings.packs)
    return packs.combined(stock, packs.of_catalog(catalog.root))


def rules_digest(
    packs_: Iterable[Pack], pins: Mapping[str, str] = NO_PINS, taggers: Iterable[str] = ()
) -> str:
    """The hash of all that tags rest on beside a model: ``inputs.packs`` of a record.

    Raises InputError for a pinned calibration that this tool lacks.
    """
    packs_ = tuple(packs_)
    rests_on = (packs.digest(packs_), plugins.versions(taggers), _fitted(packs_, pins))
    return canonical.digest(rests_on)


def _fitted(packs_: Iterable[Pack], pins: Mapping[str, str]) -> Fitted:
    """The calibration that a catalog pins; what is fitted to stock rules goes to no other's."""
    own = [pack for pack in packs_ if pack.name not in packs.available()]
    return calibration.of_stock(calibration.pinned(pins), own)


def card_text(catalog: Catalog, record: Record, fetch: FetchCard | None) -> str | None:
    """The card of ``record`` at its revision: from the cache, else fetched and cached."""
    revision = record.facts.revision
    if revision is None:
        return None
    text = catalog.card(record.id, revision)
    if text is None and fetch is not None:
        text = fetch(record.id, revision)
        if text is not None:
            catalog.save_card(record.id, revision, text)
    return text


class Retagger:
    """Gives records the tags that their facts, card, override and some packs lead to."""

    def __init__(
        self,
        packs_: tuple[Pack, ...],
        pins: Mapping[str, str] = NO_PINS,
        taggers: Iterable[str] = (),
    ) -> None:
        self._tagger = Tagger(packs_, _fitted(packs_, pins), plugins.load(taggers))
        self._digest = rules_digest(packs_, pins, taggers)

    def __call__(self, record: Record, text: str | None, override: Override) -> Record:
        """``record`` with its tags and the hashes of what they rest on."""
        card = parse(text) if text is not None else None
        facts = decisions.corrected(record.facts, override)
        inputs = Inputs(
            facts=canonical.digest(record.facts),
            card=canonical.hash_bytes(text.encode("utf-8", "surrogatepass"))
            if text is not None
            else None,
            packs=self._digest,
            override=canonical.digest(override) if override != Override() else None,
        )
        tags = self._tagger.tag(record.id, facts, card, decisions=override.tags)
        return msgspec.structs.replace(record, tags=tags, inputs=inputs)


def models(sources: Sequence[Path], gold: Iterable[Gold] = ()) -> Iterator[tuple[Row, Gold | None]]:
    """Every model of bulk files, with the line that ``gold`` has on it.

    A gold line that names its corpus is on the model in the file of that name, any other on the
    first model of its id. Rows that are no models are left out.
    """
    lines = {line.id: line for line in gold}
    named = {path.stem for path in sources}
    for path in sources:
        for item in bulk.read([path]):
            if isinstance(item, Row):
                line = lines.get(item.id)
                if line and (line.corpus == path.stem or line.corpus not in named):
                    del lines[item.id]
                    yield item, line
                else:
                    yield item, None


def hear(item: Row, tagger: Tagger) -> Heard:
    """What stands in one bulk row, before anything is made of it."""
    return tagger.hear(item.id, item.facts, parse(item.card) if item.card is not None else None)


def hear_gold(
    gold: Iterable[Gold],
    sources: Sequence[Path],
    tagger: Tagger,
    advance: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Gold, Heard]]:
    """The models that ``gold`` annotates, before anything is made of them."""
    for item, line in models(sources, gold):
        if line is not None:
            advance()
            yield line, hear(item, tagger)


def tag_gold(
    gold: Iterable[Gold],
    sources: Sequence[Path],
    tagger: Tagger,
    advance: Callable[[], None] = lambda: None,
) -> dict[str, rows.Row]:
    """The rows of the models that ``gold`` annotates, by id."""
    return {
        line.id: rows.row(line.id, tagger.judge(heard, tagger.decide(heard)))
        for line, heard in hear_gold(gold, sources, tagger, advance)
    }


def tag_twice(
    sources: Sequence[Path], old: Tagger, new: Tagger
) -> Iterator[tuple[str, Tags, Tags]]:
    """Every model of bulk files: its id, and the tags that two taggers give it."""
    for item, _ in models(sources):
        card = parse(item.card) if item.card is not None else None
        yield item.id, old.tag(item.id, item.facts, card), new.tag(item.id, item.facts, card)
