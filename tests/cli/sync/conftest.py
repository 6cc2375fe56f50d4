"""A catalog, a Hub, and ``curate sync`` between them; nobody sleeps between two tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from curation.cli.main import main
from curation.hub.wire.limits import Limits
from curation.samplehub.server import SampleHub, SampleModel
from curation.store.catalog import Catalog

SECRET = "hf_abcdefghijklmnopqrstuvwxyz"
MODELS = [
    SampleModel.of("a/one", card="# One\n", downloads=100, likes=10),
    SampleModel.of("a/two", card="# Two\n"),
    SampleModel.of("b/gated", gated="auto"),
    SampleModel.of("b/private", private=True),
    SampleModel.of("google/new", renamed_from=("old",)),
]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "catalog.toml").write_text('name = "test"\nversion = "1.0.0"\n')
    monkeypatch.chdir(root)
    return Catalog(root)


@pytest.fixture
def models() -> list[SampleModel]:
    return MODELS


@pytest.fixture
def server(models: list[SampleModel], monkeypatch: pytest.MonkeyPatch) -> Iterator[SampleHub]:
    plenty = {"api": 1_000_000, "resolvers": 1_000_000}
    with SampleHub(models, tokens={SECRET: ["b/private"]}, quota=plenty) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


@pytest.fixture
def sync(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    limits = Limits(backoff=(0.0, 0.0, 0.0))
    monkeypatch.setattr("curation.hub.wire.session.Limits", lambda: limits)

    def run(*options: str) -> tuple[int, str, str]:
        code = main(["sync", *options])
        return code, *capsys.readouterr()

    return run
