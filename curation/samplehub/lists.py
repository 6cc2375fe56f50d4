"""``GET /api/models``: filters, order, and pages that end in a cursor."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec

from curation.samplehub import fields
from curation.samplehub.models import SampleModel, Shelf
from curation.samplehub.wire import Ask, Reply, json_reply, refusal

_SORTS = ("createdAt", "downloads", "lastModified", "likes", "trendingScore")
_TEXTUAL = frozenset({"createdAt", "lastModified"})

#: Where a page begins: after this sort value and, among equals, after this id.
_Cursor = tuple[Any, str]


def answer(ask: Ask, shelf: Shelf, page_size: int) -> Reply:
    """One page of the models that match."""
    expand = ask.many("expand")
    if refused := fields.refuse_expand(expand, in_list=True) or _refuse(ask, expand):
        return refused
    sort = ask.one("sort") or "trendingScore"
    after = _cursor(ask.one("cursor"))
    models = sorted(
        filter(_filter(ask), shelf.all()),
        key=lambda model: model.id,
    )
    downwards = ask.one("direction") in (None, "-1")
    models.sort(key=lambda model: _value(model, sort), reverse=downwards)
    if after:
        models = models[_start(models, sort, after, downwards=downwards) :]
    size = min(int(ask.one("limit") or page_size), page_size)
    return _page(ask, models[:size], sort, expand, more=len(models) > size)


def _page(
    ask: Ask, models: list[SampleModel], sort: str, expand: list[str], *, more: bool
) -> Reply:
    full = ask.flag("full")
    cards, config = ask.flag("cardData"), ask.flag("config")
    reply = json_reply(
        [
            fields.listed(model, full=full, card_data=cards, config=config, expand=expand)
            for model in models
        ]
    )
    if more and models:
        cursor = _packed((_value(models[-1], sort), models[-1].id))
        query = [(name, value) for name, value in ask.query if name != "cursor"]
        following = f"{ask.origin}{ask.path}?{urlencode([*query, ('cursor', cursor)])}"
        reply.headers["Link"] = f'<{following}>; rel="next"'
    return reply


def _refuse(ask: Ask, expand: list[str]) -> Reply | None:
    if expand and (ask.flag("full") or ask.flag("cardData") or ask.flag("config")):
        return refusal(400, '"expand" excludes "full", "cardData" and "config"')
    sort = ask.one("sort")
    if sort is not None and sort not in _SORTS:
        return refusal(400, f'"sort" must be one of [{", ".join(_SORTS)}]')
    limit = ask.one("limit")
    if limit is not None and not (limit.isascii() and limit.isdigit() and int(limit) > 0):
        return refusal(400, '"limit" must be a positive number')
    if ask.one("cursor") is not None and _cursor(ask.one("cursor")) is None:
        return refusal(400, "Invalid cursor")
    return None


def _filter(ask: Ask) -> Callable[[SampleModel], bool]:
    """Whether a model is visible to the sender and matches all parameters."""
    author, search = ask.one("author"), ask.one("search")
    task, library = ask.one("pipeline_tag"), ask.one("library")
    gated = None if ask.one("gated") is None else ask.flag("gated")
    wanted = {tag for value in ask.many("filter") for tag in value.split(",")}
    seen = ask.grants or ()

    def matches(model: SampleModel) -> bool:
        payload = model.payload
        return (
            (author is None or model.id.startswith(f"{author}/"))
            and (search is None or search.lower() in model.id.lower())
            and (gated is None or bool(payload.get("gated")) == gated)
            and task in (None, payload.get("pipeline_tag"))
            and library in (None, payload.get("library_name"))
            and (not wanted or wanted <= _tags(payload))
            and (not payload.get("private") or model.id in seen)
        )

    return matches


def _tags(payload: Mapping[str, Any]) -> set[Any]:
    return {*(payload.get("tags") or ()), payload.get("pipeline_tag"), payload.get("library_name")}


def _value(model: SampleModel, sort: str) -> Any:
    return model.payload.get(sort) or ("" if sort in _TEXTUAL else 0)


def _start(models: list[SampleModel], sort: str, after: _Cursor, *, downwards: bool) -> int:
    """The index of the first model behind the cursor, whatever came and went since."""
    value, model_id = after
    for index, model in enumerate(models):
        here = _value(model, sort)
        if here == value:
            behind = model.id > model_id
        else:
            behind = here < value if downwards else here > value
        if behind:
            return index
    return len(models)


def _packed(cursor: _Cursor) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode()


def _cursor(text: str | None) -> _Cursor | None:
    if text is None:
        return None
    try:
        value, model_id = msgspec.json.decode(
            base64.urlsafe_b64decode(text), type=tuple[str | float | int, str]
        )
    except (ValueError, msgspec.DecodeError):
        return None
    return value, model_id
