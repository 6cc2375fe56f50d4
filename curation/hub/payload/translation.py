"""From payload to facts: what the Hub stated, under our names, and nothing that it did not.

Order matters in base models alone; all other lists are sorted and hold no value twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from curation.hub.payload import weights
from curation.hub.payload.results import results
from curation.hub.payload.shape import CardData, Config, Parents, Payload, Sibling, Tensors, Texts
from curation.records import BaseModel, Facts, File

#: Distinct tags remembered; the Hub has a few thousand common ones.
_MEMO_SIZE = 1 << 16
_RELATIONS = frozenset({"finetune", "adapter", "merge", "quantized"})
_PREFIXES = ("license", "dataset", "base_model", "language")

_NO_CARD, _NO_CONFIG, _NO_TENSORS = CardData(), Config(), Tensors()
#: What a tag says: (kind, value) with a kind of ``_PREFIXES``, or None.
_meanings: dict[str, tuple[str, str] | None] = {}


def facts(payload: Payload, *, source: str | None = None, read_at: str | None = None) -> Facts:
    """The facts in ``payload``. ``source`` names the answer, ``read_at`` when it was first read.

    ``bytes_total`` is set only where the file list leaves no doubt (see ``weights``); declared
    languages are those of the card's metadata, else those among the tags.
    """
    card = payload.card_data or _NO_CARD
    config = payload.config or _NO_CONFIG
    tensors = payload.safetensors or _NO_TENSORS
    tags = payload.tags or ()
    said = _said(tags)
    files = tuple([_file(sibling) for sibling in payload.siblings or ()])
    gguf, quantized = payload.gguf, config.quantization_config
    return Facts(
        source=source,
        revision=payload.sha,
        read_at=read_at,
        task=payload.pipeline_tag,
        library=payload.library_name,
        license=_only(_texts(card.license) or said.get("license", ())),
        languages=_distinct(_texts(card.language) or said.get("language", ())),
        base_models=_base_models(payload, card, said.get("base_model", ())),
        datasets=_distinct([*_texts(card.datasets), *said.get("dataset", ())]),
        tags=_distinct(tags),
        results=results(payload, card),
        model_type=config.model_type,
        architectures=tuple(config.architectures or ()),
        quantization=quantized.quant_method if quantized else None,
        parameters=tensors.parameters or {},
        parameters_total=tensors.total or (gguf.total if gguf else None),
        bytes_total=weights.bytes_total(files),
        files=files,
        gated=payload.gated,
        private=payload.private,
        created=_moment(payload.created_at),
        modified=_moment(payload.last_modified),
    )


def _said(tags: Iterable[str]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for tag in tags:
        try:
            meaning = _meanings[tag]
        except KeyError:
            meaning = _learn(tag)
        if meaning:
            said.setdefault(meaning[0], []).append(meaning[1])
    return said


def _learn(tag: str) -> tuple[str, str] | None:
    if len(_meanings) >= _MEMO_SIZE:
        _meanings.clear()
    meaning = _meanings[tag] = _meaning(tag)
    return meaning


def _meaning(tag: str) -> tuple[str, str] | None:
    prefix, _, rest = tag.partition(":")
    if rest and prefix in _PREFIXES:
        return prefix, (_language()(rest) or rest) if prefix == "language" else rest
    code = _language()(tag)
    return ("language", code) if code else None


@cache
def _language() -> Callable[[str], str | None]:
    # The table of languages is heavy, and most commands never meet a tag.
    from curation.languages import from_hub_tag

    return from_hub_tag


def _base_models(payload: Payload, card: CardData, tagged: Iterable[str]) -> tuple[BaseModel, ...]:
    if not (tagged or card.base_model or payload.base_models):
        return ()
    relations: dict[str, str | None] = {}
    for name, relation in _parents(payload, card, tagged):
        stated = relation if relation in _RELATIONS else None
        relations[name] = relations.get(name) or stated
    return tuple(BaseModel(id=name, relation=cast(Any, how)) for name, how in relations.items())


def _parents(
    payload: Payload, card: CardData, tagged: Iterable[str]
) -> Iterator[tuple[str, str | None]]:
    yield from ((name, card.base_model_relation) for name in _texts(card.base_model))
    listed = payload.base_models
    if isinstance(listed, Parents):
        yield from ((parent.id, listed.relation) for parent in listed.models or ())
    else:
        names = (item if isinstance(item, str) else item.id for item in listed or ())
        yield from ((name, None) for name in names)
    for text in sorted(tagged):  # the Hub serves tags in no lasting order
        relation, colon, name = text.partition(":")
        yield (name, relation) if colon and relation in _RELATIONS else (text, None)


def _file(sibling: Sibling) -> File:
    size = sibling.size
    if size is None and sibling.lfs:
        size = sibling.lfs.size
    return File(path=sibling.rfilename, size=size)


def _texts(stated: Texts | None) -> list[str]:
    if not stated:
        return []
    return [stated] if isinstance(stated, str) else [text for text in stated if text]


def _distinct(values: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values))) if values else ()


def _only(values: Iterable[str]) -> str | None:
    """Several licences are not one, and which of them holds for what nobody states."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None


def _moment(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo not in (None, UTC):
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:  # the first or last hours of the calendar
            return None
    return moment.isoformat(timespec="seconds")[:19] + "Z"
