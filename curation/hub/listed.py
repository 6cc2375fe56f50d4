"""Look for models in the lists of their authors, and no further than is worth it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

from curation.hub.client import Answer
from curation.hub.plan import most_pages


class Source(Protocol):
    """What is asked for lists: a ``Hub``."""

    def pages(self, author: str, *, newest_first: bool = False) -> Iterator[list[Answer]]: ...


class Found(msgspec.Struct):
    """Answers by id. ``ended_early`` says that all others were modified before ``since``."""

    answers: dict[str, Answer]
    ended_early: bool = False


class Lists:
    """The lists to be read: ``wanted`` names the models to be found in each author's.

    ``pages`` counts, by author, how many pages it took; where not all were found within the
    pages that are worth it, one more. With ``since`` (RFC 3339) a list is read from the last
    modified, and only back to then.
    """

    def __init__(
        self, source: Source, wanted: Mapping[str, tuple[str, ...]], *, since: str | None = None
    ) -> None:
        self.wanted = wanted
        self.pages: dict[str, int] = {}
        self._source = source
        self._since = since

    def read(self, author: str) -> Found:
        """The models of ``author`` that are wanted and were found. Raises HubError and its kin."""
        missing = set(self.wanted[author])
        most = most_pages(len(missing))
        found = Found({})
        read = 0
        for page in self._source.pages(author, newest_first=self._since is not None):
            read += 1
            for answer in page:
                if answer.canonical_id in missing and not answer.disabled:
                    missing.discard(answer.canonical_id)
                    found.answers[answer.canonical_id] = answer
            if self._passed(page):
                found.ended_early = True
                return found
            # One call for the last of them is never dearer than another page.
            if len(missing) <= 1 or read >= most:
                break
        self.pages[author] = read + (len(missing) > 1)
        return found

    def _passed(self, page: list[Answer]) -> bool:
        oldest = page[-1].facts.modified if page else None
        return self._since is not None and oldest is not None and oldest < self._since
