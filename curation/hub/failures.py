"""What huggingface_hub raises, in our words: one line of what and where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from curation.errors import (
    CurateError,
    GatedError,
    HubError,
    IdError,
    NotFoundError,
    UnreachableError,
    UntrustedError,
)
from curation.ids import clip

_BAD_TOKEN = "Invalid credentials in Authorization header"


@contextmanager
def plainly(what: str) -> Iterator[None]:
    """Turn the errors of this block's Hub calls on ``what`` into ours."""
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        yield
    except CurateError:
        raise
    except HFValidationError as error:
        raise IdError(f"{what}: today's Hub client refuses this id") from error
    except HfHubHTTPError as error:
        raise _refused(what, error) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise HubError(f"{what}: {clip(error)!a}") from error
    except ValueError as error:
        raise UntrustedError(f"{what}: an answer that cannot be read") from error


def _refused(what: str, error: Exception) -> HubError:
    from huggingface_hub import errors

    # A gated repository is a kind of missing one there, so it comes first.
    if isinstance(error, errors.GatedRepoError):
        return GatedError(
            f"{what}: gated, its files need accepted terms",
            hint="accept them on the Hub, and give that account's token in HF_TOKEN",
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return NotFoundError(f"{what}: no such revision")
    if isinstance(error, errors.EntryNotFoundError):
        return NotFoundError(f"{what}: no such file")
    if isinstance(error, errors.DisabledRepoError):
        return UnreachableError(f"{what}: disabled by the Hub")
    if isinstance(error, errors.HfHubHTTPError):
        return _by_status(what, error.response)
    raise error


def _by_status(what: str, response: httpx2.Response) -> HubError:
    message = response.headers.get("x-error-message", "")
    if response.status_code == 401 and message == _BAD_TOKEN:
        return HubError(f"{what}: the Hub refuses the token", hint="renew HF_TOKEN, or unset it")
    if response.status_code == 401:
        return UnreachableError(f"{what}: gone or private, the Hub does not say which")
    if response.status_code == 404:
        return NotFoundError(f"{what}: not on the Hub")
    said = f": {clip(message)!a}" if message else ""
    return HubError(f"{what}: the Hub answers {response.status_code}{said}")
