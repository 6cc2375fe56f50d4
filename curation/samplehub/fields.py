"""Which fields of a model an answer holds: by default, in full, or as expanded."""

from __future__ import annotations

import hashlib
from typing import Any

from curation.samplehub.models import CARD, SampleModel
from curation.samplehub.wire import Reply, refusal

#: What ``expand`` takes for one model.
EXPANDABLE = (
    "author",
    "baseModels",
    "cardData",
    "childrenModelCount",
    "config",
    "createdAt",
    "disabled",
    "downloads",
    "downloadsAllTime",
    "evalResults",
    "gated",
    "gguf",
    "inference",
    "inferenceProviderMapping",
    "lastModified",
    "library_name",
    "likes",
    "mask_token",
    "model-index",
    "pipeline_tag",
    "private",
    "resourceGroup",
    "safetensors",
    "sha",
    "siblings",
    "spaces",
    "tags",
    "transformersInfo",
    "trendingScore",
    "usedStorage",
    "widgetData",
)
#: Of these, what a list does not take.
NOT_IN_LISTS = frozenset({"baseModels", "childrenModelCount", "usedStorage"})

_IN_LISTS = (
    "createdAt",
    "downloads",
    "library_name",
    "likes",
    "pipeline_tag",
    "private",
    "tags",
    "trendingScore",
)
_IN_FULL_LISTS = (*_IN_LISTS, "author", "disabled", "gated", "lastModified", "sha", "siblings")
_ONLY_EXPANDED = frozenset(
    {
        "baseModels",
        "childrenModelCount",
        "downloadsAllTime",
        "evalResults",
        "inferenceProviderMapping",
        "resourceGroup",
        "trendingScore",
    }
)


def refuse_expand(wanted: list[str], *, in_list: bool) -> Reply | None:
    """The refusal of ``expand`` values that are unknown or not for lists, if there are any."""
    allowed = [name for name in EXPANDABLE if not (in_list and name in NOT_IN_LISTS)]
    wrong = [name for name in wanted if name not in allowed]
    if not wrong:
        return None
    return refusal(400, f'"expand" must be one of [{", ".join(allowed)}], not {wrong[0]!a}')


def listed(
    model: SampleModel, *, full: bool, card_data: bool, config: bool, expand: list[str]
) -> dict[str, Any]:
    """A model as an item of a list."""
    if expand:
        return _only(model, expand)
    names = [*(_IN_FULL_LISTS if full else _IN_LISTS)]
    names += ["cardData"] * card_data + ["config"] * config
    return {**_only(model, names), "modelId": model.id}


def alone(model: SampleModel, *, blobs: bool, expand: list[str]) -> dict[str, Any]:
    """A model by itself; with ``blobs`` its files have sizes and hashes."""
    if expand:
        return _only(model, expand)
    shown = {key: value for key, value in model.payload.items() if key not in _ONLY_EXPANDED}
    shown |= {"_id": _key(model), "id": model.id, "modelId": model.id}
    return shown | {"siblings": _siblings(model, blobs=blobs)}


def _only(model: SampleModel, names: list[str]) -> dict[str, Any]:
    shown: dict[str, Any] = {"_id": _key(model), "id": model.id}
    for name in names:
        if name == "siblings":
            shown[name] = _siblings(model, blobs=False)
        elif name in model.payload:
            shown[name] = model.payload[name]
    return shown


def _siblings(model: SampleModel, *, blobs: bool) -> list[dict[str, Any]]:
    """The files; the card is listed if there is one, and as large as it is."""
    files = {entry["rfilename"]: entry for entry in model.payload.get("siblings") or ()}
    files.pop(CARD, None)
    if model.card is not None:
        files[CARD] = {"rfilename": CARD}
    return [_file(model, files[name], blobs=blobs) for name in sorted(files)]


def _file(model: SampleModel, entry: dict[str, Any], *, blobs: bool) -> dict[str, Any]:
    name = entry["rfilename"]
    if not blobs:
        return {"rfilename": name}
    content = model.content(name)
    known = {} if content is None else {"size": len(content)}
    return {**entry, **known, "blobId": etag(model, name)}


def etag(model: SampleModel, name: str) -> str:
    """The hash that names a file's content: git's for what we hold, else one of its place."""
    content = model.content(name)
    if content is None:
        content = f"{model.id} {model.sha} {name}".encode()
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def _key(model: SampleModel) -> str:
    return hashlib.sha1(model.id.encode(), usedforsecurity=False).hexdigest()[:24]
