"""A model as one-line signals: parts of its id, and what the Hub and the front matter declare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from curation.cards import Card
from curation.records import Facts
from curation.tagging import lineage

Line = tuple[str, str]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
#: Tags that repeat in thousands of repositories and say nothing of the model.
_IDLE = ("arxiv:", "region:", "license:", "doi:", "base_model:", "dataset:", "language:")


def read(model_id: str, facts: Facts, card: Card | None) -> list[Line]:
    """All one-line signals of one model, in an order that depends on nothing but the input."""
    lines = [*_names(model_id), *_facts(facts)]
    if card is not None:
        if card.front:
            lines += _front(card.front, facts)
        lines += [("base", name) for name in lineage.bases(card.text)]
        lines += [("dataset", name) for name in lineage.datasets(card.text)]
    return lines


def _names(model_id: str) -> Iterator[Line]:
    org, _, name = model_id.rpartition("/")
    if org:
        yield "org", org
    yield "name", name
    spaced = _CAMEL.sub(" ", name)
    if spaced != name:
        yield "camel", spaced


def _facts(facts: Facts) -> Iterator[Line]:
    singles = (("task", facts.task), ("library", facts.library), ("license", facts.license))
    yield from ((place, value) for place, value in singles if value)
    yield from (("tag", tag) for tag in facts.tags if not tag.startswith(_IDLE))
    yield from (("language", code) for code in facts.languages)
    yield from (("dataset", dataset) for dataset in facts.datasets)
    for base in facts.base_models:
        yield "base", base.id
        if base.relation:
            yield "tag", f"base_model:{base.relation}"
    yield from (("architecture", _CAMEL.sub(" ", name)) for name in facts.architectures)
    if facts.model_type:
        yield "architecture", facts.model_type
    yield from (("file", file.path) for file in facts.files)


def _front(front: dict[str, Any], facts: Facts) -> Iterator[Line]:
    """What the front matter declares and the facts do not hold already."""
    known = set(facts.tags) | set(facts.datasets) | set(facts.languages)
    if not facts.task:
        yield from (("task", text) for text in _texts(front.get("pipeline_tag")))
    if not facts.library:
        yield from (("library", text) for text in _texts(front.get("library_name")))
    if not facts.base_models:
        yield from (("base", text) for text in _texts(front.get("base_model")))
    for key, place in (("tags", "tag"), ("datasets", "dataset")):
        yield from ((place, text) for text in _texts(front.get(key)) if text not in known)
    if not facts.languages:
        for key in ("language", "languages"):
            yield from (("language", text) for text in _texts(front.get(key)))
    yield from (("dataset", text) for text in _evaluated(front))


def _evaluated(front: dict[str, Any]) -> Iterator[str]:
    """The datasets of a ``model-index``, with their configuration: ``glue cola``."""
    for key in ("model-index", "model_index"):
        for model in _dicts(front.get(key)):
            for result in _dicts(model.get("results")):
                for dataset in _dicts(result.get("dataset")):
                    yield " ".join(
                        text for name in ("type", "name", "args", "config")
                        for text in _texts(dataset.get(name))
                    )  # fmt: skip


def _texts(value: Any) -> list[str]:
    items: Iterable[Any] = value if isinstance(value, list) else (value,)
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]


def _dicts(value: Any) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else (value,)
    return [item for item in items if isinstance(item, dict)]
