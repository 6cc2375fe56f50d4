"""The Hub as we use it: facts, lists and cards, through huggingface_hub's own client.

The answers are read by us, because huggingface_hub's types lose parts of them and refuse what we
can read leniently.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx2
import msgspec

from curation import ids
from curation.errors import HubError, IdError, InputError, UntrustedError
from curation.hub import listing, payload
from curation.hub.account import Account, account
from curation.hub.failures import plainly
from curation.hub.wire import transport
from curation.hub.wire.limits import Limits
from curation.hub.wire.quota import Usage
from curation.hub.wire.session import Session, Timing
from curation.records import Facts

ENDPOINT = "https://huggingface.co"
CARD = "README.md"
_SHA = 40

#: What a list is asked for: all facts but the sizes of files, which lists do not give.
EXPAND = (
    "cardData",
    "config",
    "createdAt",
    "disabled",
    "downloads",
    "gated",
    "gguf",
    "lastModified",
    "library_name",
    "likes",
    "model-index",
    "pipeline_tag",
    "private",
    "safetensors",
    "sha",
    "siblings",
    "tags",
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the Hub says of one model.

    ``canonical_id`` is the id it goes by today, another one than asked for if it was renamed.
    A ``disabled`` one is listed, but not to be had. ``flaws`` names the fields of the answer that
    were dropped as unreadable.
    """

    canonical_id: str
    facts: Facts
    disabled: bool = False
    downloads: int | None = None
    likes: int | None = None
    flaws: tuple[str, ...] = ()


class Hub:
    """A Hub at ``endpoint``. One is in use at a time in a process: the newest.

    ``token`` goes to the endpoint's origin only. Raises UsageError for an endpoint that cannot
    be used.
    """

    def __init__(
        self,
        endpoint: str = ENDPOINT,
        token: str | None = None,
        *,
        limits: Limits | None = None,
        plain_http: bool = False,
        timing: Timing | None = None,
    ) -> None:
        self._session = Session(
            endpoint, token, limits=limits, plain_http=plain_http, timing=timing
        )
        transport.install(self._session)
        from huggingface_hub import get_session, hf_hub_url
        from huggingface_hub.utils import hf_raise_for_status  # type: ignore[attr-defined]

        # Looked up once: huggingface_hub finds its names anew at every import. Its client is kept,
        # for after our time it would hand out its own, which knows none of our bounds.
        self._client, self._raise = get_session(), hf_raise_for_status
        self._url_of_file = hf_hub_url

    @property
    def endpoint(self) -> str:
        """The URL that all requests go to, and the ``source`` of the facts."""
        return self._session.endpoint

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop waiting requests and give huggingface_hub its own client back."""
        self._session.close()
        transport.uninstall(self._session)

    @property
    def usage(self) -> Usage:
        """The calls that were made until now, and what the Hub says is left, by kind."""
        return self._session.pacer.usage()

    def model(self, model_id: str, revision: str | None = None) -> Answer:
        """The facts of one model, today's or at ``revision``, with the sizes of its files.

        Raises IdError for an id that huggingface_hub refuses, and HubError and its kin:
        UnreachableError, NotFoundError, ThrottledError, UntrustedError.
        """
        _check(model_id)
        at = f"/revision/{quote(revision, safe='')}" if revision else ""
        with plainly(model_id):
            # As HfApi.model_info asks; its types refuse what ours can read.
            answer = self._get(f"{self.endpoint}/api/models/{model_id}{at}", blobs=True)
        return self._answer(answer.content, model_id)

    def pages(self, author: str, *, newest_first: bool = False) -> Iterator[list[Answer]]:
        """The models of ``author``, a page (a call) at a time: what one call each would tell.

        The most downloaded come first, or the last modified. Items that cannot be read are left
        out: another model's flaw must not cost the list. Raises what ``model`` raises.
        """
        sort = "lastModified" if newest_first else "downloads"
        asked = {"author": author, "sort": sort, "expand": list(EXPAND)}
        for page in listing.pages(self._get, self.endpoint, asked):
            yield list(self._readable(page))

    def search(self, asked: Mapping[str, Any]) -> Iterator[Answer]:
        """The models that match, under the Hub's own parameters; unreadable ones are left out.

        Raises what ``model`` raises.
        """
        for page in listing.pages(self._get, self.endpoint, {**asked, "expand": list(EXPAND)}):
            yield from self._readable(page)

    def account(self) -> Account:
        """Whose token it is that we send. Raises what ``model`` raises."""
        with plainly("the token"):
            answer = self._get(f"{self.endpoint}/api/whoami-v2")
        return account(answer.content)

    def _get(self, url: str, **asked: Any) -> httpx2.Response:
        try:
            answer = self._client.get(url, params=asked or None)
        except RuntimeError as error:
            if not self._client.is_closed:
                raise
            raise HubError("the connection to the Hub was closed") from error
        self._raise(answer)
        return answer

    def _readable(self, page: list[msgspec.Raw]) -> Iterator[Answer]:
        for raw in page:
            try:
                yield self._answer(raw)
            except UntrustedError:
                continue

    def card(self, model_id: str, revision: str) -> str | None:
        """The README.md at ``revision``, or None if there is none. Raises what ``model`` does.

        Bytes that are not UTF-8 become U+FFFD.
        """
        from huggingface_hub.errors import EntryNotFoundError

        _check(model_id)
        with plainly(model_id):
            url = self._url_of_file(model_id, CARD, revision=revision, endpoint=self.endpoint)
            try:
                answer = self._get(url)
            except EntryNotFoundError:
                return None
        _check_commit(answer, model_id, revision)
        return answer.content.decode("utf-8", "replace")

    def _answer(self, raw: bytes | msgspec.Raw, asked: str = "an item of a list") -> Answer:
        try:
            said = payload.decode(bytes(raw))
            name = ids.check(said.name or "")
        except InputError as error:
            raise UntrustedError(f"{asked}: answered by something else: {error}") from error
        read_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._session.now()))
        return Answer(
            canonical_id=name,
            facts=payload.facts(said, source=self.endpoint, read_at=read_at),
            disabled=bool(said.disabled),
            downloads=said.downloads,
            likes=said.likes,
            flaws=said.flaws,
        )


def _check(model_id: str) -> None:
    ids.check(model_id)
    if ids.client_refuses(model_id):
        raise IdError(
            f"{ids.clip(model_id)}: today's Hub client refuses this id",
            hint="it takes parts of up to 96 characters, no '--', and no '.git' at the end",
        )


def _check_commit(answer: httpx2.Response, model_id: str, revision: str) -> None:
    if len(revision) != _SHA:
        return  # a branch or tag, which may be any commit
    commits = [step.headers.get("x-repo-commit") for step in (*answer.history, answer)]
    stated = next(filter(None, commits), None)
    if stated not in (None, revision):
        raise UntrustedError(f"{model_id}: asked for the card at {revision}, got another commit")
