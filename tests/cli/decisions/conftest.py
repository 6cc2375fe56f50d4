"""A catalog on which something waits for a decision: its own rule, unsure of bees."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from curation.cli.main import main
from curation.records import Facts, Record
from curation.store.catalog import Catalog

RULES = """name = "ours"
version = "1.0.0"
about = "Of bees."

[[rule]]
id = "ours.bees"
why = "Bees are farmed."
places = { title = 1.3, lead = 1.3 }
supports = "domains:agriculture"
terms = ["bees"]
accepts = ["title: bees"]
rejects = ["title: wasps"]

[[rule]]
id = "ours.hives"
why = "Hives are kept."
places = { name = 4.0 }
supports = "domains:agriculture"
terms = ["hive"]
accepts = ["name: hive"]
rejects = ["name: nest"]

[[rule]]
id = "ours.nests"
why = "Nests are not kept."
places = { name = -4.0 }
supports = "domains:agriculture"
terms = ["nest"]
accepts = ["name: nest"]
rejects = ["name: hive"]
"""
BEES = "# Bees at the gate\n\nCounts them.\n"
REVISION = "0" * 40

Keep = Callable[..., Record]


def put(catalog: Catalog, model_id: str, card: str | None, **facts: object) -> Record:
    """A record that is not tagged; its task is sure, so that nothing waits but the domain."""
    stated = {"revision": REVISION, "license": "mit", "task": "image-segmentation", **facts}
    record = Record(id=model_id, facts=msgspec.convert(stated, Facts))
    catalog.write(record)
    if card is not None:
        catalog.save_card(model_id, str(stated["revision"]), card)
    return record


@pytest.fixture(scope="session")
def apiary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with three models: of two, the domain is unsure, of one, contested."""
    folder = tmp_path_factory.mktemp("apiary")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        main(["init"])
        catalog = Catalog(folder / "catalog")
        (catalog.root / "rules").mkdir(exist_ok=True)
        (catalog.root / "rules" / "ours.toml").write_text(RULES)
        put(catalog, "acme/bee", BEES, bytes_total=1000)
        put(catalog, "acme/bumblebee", BEES)
        put(catalog, "acme/hive-nest", "# A home\n")
        assert main(["tag", "--offline"]) == 0
    return folder


@pytest.fixture
def catalog(
    apiary: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Catalog:
    """A copy of the apiary, in no git repository, whose maintainer is called Ada."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Ada\n\temail = ada@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    folder = shutil.copytree(apiary, tmp_path / "repository")
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return Catalog(folder / "catalog")


@pytest.fixture
def keep(catalog: Catalog, capsys: pytest.CaptureFixture[str]) -> Keep:
    """Put a model with its card into the catalog and tag it."""

    def kept(model_id: str, card: str | None = BEES, **facts: object) -> Record:
        put(catalog, model_id, card, **facts)
        assert main(["tag", "--offline", model_id]) == 0
        capsys.readouterr()
        return catalog.record(model_id)

    return kept
