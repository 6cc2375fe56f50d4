"""Cards that are not cached, from a Hub that is not well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import pytest

from curation.cli import cards
from curation.errors import HubError, NotFoundError, ThrottledError
from curation.pipeline import FetchCard
from curation.store.catalog import Catalog

REVISION = "a" * 40


class Moody:
    """A Hub that raises or gives what ``says`` holds, in turn."""

    says: list[Any]

    def __init__(self, endpoint: str, token: str | None) -> None:
        self.endpoint = endpoint

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def card(self, model_id: str, revision: str) -> Any:
        said = self.says.pop(0)
        if isinstance(said, Exception):
            raise said
        return said


@pytest.fixture
def fetch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FetchCard]:
    (tmp_path / "catalog.toml").write_text('name = "mine"\nversion = "1.0.0"\n')
    monkeypatch.setattr("curation.hub.client.Hub", Moody)
    with ExitStack() as stack:
        yield cards.fetcher(stack, Catalog(tmp_path), None)


def test_a_hub_in_trouble_is_left_alone_after_three_tries(fetch: FetchCard) -> None:
    Moody.says = [HubError("down"), ThrottledError("spent"), HubError("down"), "never asked for"]
    for _ in range(3):
        with pytest.raises(HubError, match=r"down|spent"):
            fetch("a/b", REVISION)
    with pytest.raises(HubError, match="a/c: not asked for, the Hub failed 3 times"):
        fetch("a/c", REVISION)
    assert Moody.says == ["never asked for"]


def test_a_model_in_trouble_says_nothing_of_the_hub(fetch: FetchCard) -> None:
    Moody.says = [HubError("down"), HubError("down"), NotFoundError("no"), HubError("down"), "# A"]
    for _ in range(4):
        with pytest.raises(HubError):
            fetch("a/b", REVISION)
    assert fetch("a/b", REVISION) == "# A"
