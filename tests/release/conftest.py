"""A small release, and the catalog that it is made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.cli.main import main
from curation.records import Facts, File, Record
from curation.store.catalog import Catalog

RECORDS = (
    Record(
        id="acme/bee",
        aliases=("old/bee",),
        facts=Facts(
            source="here",
            task="automatic-speech-recognition",
            languages=("ru",),
            license="mit",
            bytes_total=400,
            files=(File(path="model.safetensors", size=400), File(path="training_args.bin")),
        ),
    ),
    Record(id="acme/spam-detector", facts=Facts(source="here", languages=("en",))),
    Record(id="acme/wasp", facts=Facts(source="there", task="translation", tags=("a'b",))),
)


GRAVE = """
[[tombstones]]
id = "acme/ant"
on = 2026-01-31
reason = "made private"
successor = "acme/bee"
"""


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    monkeypatch.chdir(tmp_path)
    main(["init"])
    made = Catalog(tmp_path / "catalog")
    for record in RECORDS:
        made.write(record)
    (made.root / "tombstones.toml").write_text(GRAVE, encoding="utf-8")
    assert main(["tag", "--offline"]) == 0
    return made


@pytest.fixture
def folder(catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["release", "build"]) == 0, capsys.readouterr().out
    return tmp_path / "dist" / catalog.settings.version
