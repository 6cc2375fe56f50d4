"""Pages of the Hub's list of models, as they come over the wire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from curation.errors import UntrustedError
from curation.hub.failures import plainly

_WHAT = "a list of models"
_PAGE = msgspec.json.Decoder(list[msgspec.Raw])


def pages(endpoint: str, asked: Mapping[str, Any]) -> Iterator[list[msgspec.Raw]]:
    """The items of each page, through huggingface_hub's session.

    The transport below holds the ``Link`` headers to their origin and to a finite chain. Raises
    HubError and its kin.
    """
    from huggingface_hub import get_session
    from huggingface_hub.utils import hf_raise_for_status  # type: ignore[attr-defined]

    url, query = f"{endpoint}/api/models", dict(asked)
    while url:
        with plainly(_WHAT):
            answer = get_session().get(url, params=query or None)
            hf_raise_for_status(answer)
        try:
            yield _PAGE.decode(answer.content)
        except msgspec.DecodeError as error:
            raise UntrustedError(f"{_WHAT}: it has another shape") from error
        following = answer.links.get("next", {}).get("url")
        url, query = str(answer.request.url.join(following)) if following else "", {}
