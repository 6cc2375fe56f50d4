"""``curate format``, and ``validate --fix``: they mend, and lose nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation import canonical
from curation.cli.main import main
from curation.records import Record
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]
NAMED = 'name = "ours"\nversion = "1.0.0"\n'
ROWS = "id,downloads,likes,checked\nacme/bee,1,2,\n"


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Catalog:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    main(["init"])
    made = Catalog(tmp_path / "catalog")
    for name in ("bee", "wasp"):
        made.write(Record(id=f"acme/{name}"))
    main(["tag", "--offline"])
    capsys.readouterr()
    return made


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_form_is_mended_and_nothing_else_is_told(catalog: Catalog, capsys: Captured) -> None:
    bee, wasp = catalog.path("acme/bee"), catalog.path("acme/wasp")
    before = bee.read_text()
    spoil(bee, "\n  ", "\n    ")
    spoil(wasp, '"license": null', '"license": 3')
    assert main(["format"]) == 0
    assert capsys.readouterr().out == "mended catalog/models/acme/bee.json\nfiles mended: 1\n"
    assert bee.read_text() == before
    assert main(["format", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"mended": []}


def test_only_what_is_named_is_mended(catalog: Catalog, capsys: Captured) -> None:
    bee, wasp = catalog.path("acme/bee"), catalog.path("acme/wasp")
    for path in (bee, wasp):
        spoil(path, "\n  ", "\n    ")
    assert main(["format", str(bee)]) == 0
    assert capsys.readouterr().out.count("mended catalog") == 1
    assert '\n    "' in wasp.read_text()
    assert main(["format", "-C", "..", "nowhere"]) == 2


@pytest.mark.parametrize("verb", [["format"], ["validate", "--fix"]])
@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("catalog.toml", f'{NAMED}[packs]\nbees = "1.0.0"\n', "CUR217"),
        ("catalog.toml", "name =", "CUR103"),
        ("rules/ours.toml", NAMED, "CUR105"),
    ],
)
def test_without_its_rules_form_is_mended_and_all_is_told(
    catalog: Catalog, capsys: Captured, verb: list[str], path: str, text: str, code: str
) -> None:
    (catalog.root / path).write_text(text)
    spoil(catalog.path("acme/bee"), '"library": null', '"library": "timm"')
    spoil(catalog.path("acme/wasp"), "\n  ", "\n    ")
    assert main(verb) == (1 if "--fix" in verb else 0)
    assert "mended catalog/models/acme/wasp.json\n" in capsys.readouterr().out
    assert main(["validate"]) == 1
    assert code in capsys.readouterr().out


@pytest.mark.parametrize("name", ["acme/bumble.json", "acme/bee.jsn"])
def test_the_counts_of_a_record_that_is_out_of_place_are_kept(
    catalog: Catalog, capsys: Captured, name: str
) -> None:
    counts = catalog.root / "popularity.csv"
    counts.write_text(ROWS)
    bee = catalog.path("acme/bee")
    bee.rename(catalog.root / "models" / name)
    main(["format"])
    assert counts.read_text() == ROWS
    (catalog.root / "models" / name).rename(bee)
    catalog.remove("acme/bee")
    main(["format"])
    assert counts.read_text() == ROWS.partition("\n")[0] + "\n"


def test_a_record_out_of_place_and_form_has_both_told_and_one_mended(
    catalog: Catalog, capsys: Captured
) -> None:
    moved = catalog.path("acme/bee").rename(catalog.root / "models" / "bumble.json")
    spoil(moved, "\n  ", "\n    ")
    assert main(["validate", "--fix"]) == 1
    shown = capsys.readouterr().out
    assert "mended catalog/models/bumble.json" in shown
    assert "CUR106" not in shown
    assert "CUR107" in shown


def test_the_first_row_out_of_order_is_pointed_at(catalog: Catalog, capsys: Captured) -> None:
    rows = "id,downloads,likes,checked\nacme/wasp,1,2,\nacme/bee,1,2,\n"
    (catalog.root / "popularity.csv").write_text(rows)
    assert main(["validate"]) == 1
    assert "catalog/popularity.csv:2 CUR106" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"license": null', '"license": null, "note": "mine"'),
        ('"license": null', '"license": null, "license": "mit"'),
        ('"library": null', '"library": 3'),
    ],
)
def test_what_the_form_has_no_place_for_stays_as_it_is(
    catalog: Catalog, old: str, new: str
) -> None:
    path = catalog.path("acme/bee")
    spoil(path, old, new)
    before = path.read_bytes()
    assert main(["validate", "--fix"]) == 1
    assert path.read_bytes() == before
    assert before != canonical.dumps(Record(id="acme/bee")).encode()
