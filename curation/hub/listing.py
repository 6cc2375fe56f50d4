"""Pages of the Hub's list of models, as they come over the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx2
import msgspec

from curation.errors import UntrustedError
from curation.hub.failures import plainly

_WHAT = "a list of models"
#: Gets a URL with some parameters; raises as huggingface_hub does.
Get = Callable[..., httpx2.Response]
_PAGE = msgspec.json.Decoder(list[msgspec.Raw])


def pages(get: Get, endpoint: str, asked: Mapping[str, Any]) -> Iterator[list[msgspec.Raw]]:
    """The items of each page, each got by ``get`` with its parameters.

    The transport below holds the ``Link`` headers to their origin and to a finite chain. Raises
    HubError and its kin.
    """
    url, query = f"{endpoint}/api/models", dict(asked)
    while url:
        with plainly(_WHAT):
            answer = get(url, **query)
        try:
            yield _PAGE.decode(answer.content)
        except msgspec.DecodeError as error:
            raise UntrustedError(f"{_WHAT}: it has another shape") from error
        following = answer.links.get("next", {}).get("url")
        url, query = str(answer.request.url.join(following)) if following else "", {}
