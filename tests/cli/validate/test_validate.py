from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from curation import canonical
from curation.cli.main import main
from curation.records import Facts, Record
from curation.store.catalog import Catalog
from curation.store.popularity import Popularity

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Catalog:
    monkeypatch.chdir(tmp_path)
    main(["init"])
    found = Catalog(tmp_path / "catalog")
    for model_id in ("gpt2", "google/vit"):
        found.write(Record(id=model_id))
    capsys.readouterr()
    return found


def spoil(catalog: Catalog, model_id: str, old: str, new: str) -> None:
    path = catalog.path(model_id)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def line_of(catalog: Catalog, model_id: str, text: str) -> int:
    found = catalog.path(model_id).read_text()
    return found[: found.index(text)].count("\n") + 1


def test_a_clean_catalog_is_exit_0(catalog: Catalog, capsys: Captured) -> None:
    assert main(["validate"]) == 0
    assert main(["validate", "--all", str(catalog.root)]) == 2
    assert main(["validate", "--all"]) == 0
    assert capsys.readouterr().out.count("no findings; warnings: 2 (CUR253 2)\n") == 2


def test_findings_are_exit_1_and_point_at_line_code_and_fix(
    catalog: Catalog, capsys: Captured
) -> None:
    spoil(catalog, "gpt2", '"license": null', '"license": 3')
    spoil(catalog, "google/vit", '"id"', ' "id"')
    id_line = line_of(catalog, "google/vit", '"id"')
    license_line = line_of(catalog, "gpt2", '"license"')
    assert main(["validate"]) == 1
    shown = capsys.readouterr().out
    assert (
        f"catalog/models/google/vit.json:{id_line} CUR106 not in canonical form; "
        "run 'curate validate --fix'\n"
        f'{id_line:>6} |    "id": "google/vit",\n'
        f"{'':>6} |    {'^' * 18}\n"
    ) in shown
    assert (
        f"catalog/models/gpt2.json:{license_line} CUR105 /facts/license: "
        "expected text or null, got a whole number 3\n"
        f'{license_line:>6} |     "license": 3,\n'
        f"{'':>6} |     {'^' * 12}\n"
    ) in shown
    assert shown.endswith("findings: 2, in files: 2; warnings: 1 (CUR253 1)\n")


def test_findings_are_data(catalog: Catalog, capsys: Captured) -> None:
    spoil(catalog, "gpt2", '"license": null', '"license": 3')
    assert main(["validate", "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    (found,) = (one for one in findings if one["severity"] == "error")
    assert found["path"] == "catalog/models/gpt2.json"
    assert (found["code"], found["pointer"]) == ("CUR105", "/facts/license")
    assert found["line"] == line_of(catalog, "gpt2", '"license"')


def test_paths_are_as_they_open_from_the_working_folder(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    spoil(catalog, "gpt2", '"license": null', '"license": 3')
    monkeypatch.chdir(catalog.root / "models" / "google")
    assert main(["validate"]) == 1
    assert "\n../gpt2.json:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("catalog/models/gpt2.json", 1),
        ("catalog/models", 1),
        ("catalog", 1),
        (".", 1),
        ("catalog/models/google", 0),
        ("catalog/models/google/../google/vit.json", 0),
    ],
)
def test_only_what_is_named_is_checked(catalog: Catalog, path: str, code: int) -> None:
    spoil(catalog, "gpt2", '"license": null', '"license": 3')
    assert main(["validate", path]) == code


def test_a_link_that_is_named_is_looked_at_and_not_through(
    catalog: Catalog, capsys: Captured
) -> None:
    (catalog.root / "models" / "link.json").symlink_to("/etc/passwd")
    assert main(["validate", "catalog/models/link.json"]) == 1
    assert "link.json CUR101 a link" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["nowhere", "/etc/passwd"])
def test_what_is_not_there_or_not_ours_is_exit_2(catalog: Catalog, path: str) -> None:
    assert main(["validate", "catalog", path]) == 2


def test_fix_mends_what_it_can_and_tells_the_rest(catalog: Catalog, capsys: Captured) -> None:
    spoil(catalog, "gpt2", '"license": null', '"license": 3')
    spoil(catalog, "google/vit", "\n", "\r\n")
    assert main(["validate", "--fix"]) == 1
    shown = capsys.readouterr().out
    assert "mended catalog/models/google/vit.json\n" in shown
    assert "findings: 1, in files: 1; " in shown
    assert catalog.path("google/vit").read_text() == canonical.dumps(Record(id="google/vit"))
    assert '"license": 3' in catalog.path("gpt2").read_text()
    spoil(catalog, "gpt2", '"license": 3', '"license": null')
    assert main(["validate", "--fix", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["code"] for one in told["findings"]} == {"CUR253"}
    assert (told["mended"], told["waived"]) == ([], 0)


def test_a_broken_settings_file_is_a_finding_too(catalog: Catalog, capsys: Captured) -> None:
    (catalog.root / "catalog.toml").write_text("name = ")
    assert main(["validate"]) == 1
    assert "catalog/catalog.toml:1 CUR103 not TOML" in capsys.readouterr().out


def test_a_hostile_name_cannot_steer_the_terminal(catalog: Catalog, capsys: Captured) -> None:
    (catalog.root / "models" / "a\x1b[31m\n::error::.json").write_text("{}")
    assert main(["validate"]) == 1
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert not any(line.startswith("::") for line in shown.splitlines())


def test_a_clean_run_imports_nothing_heavy(catalog: Catalog) -> None:
    code = "import sys; from curation.cli.main import main; main(['validate']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=catalog.root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "jsonschema_rs" in loaded
    heavy = {"jsonschema", "huggingface_hub", "pandas", "pyarrow", "rich", "langcodes", "yaml"}
    assert not loaded & heavy


def test_what_the_docs_show_is_what_is_told(
    catalog: Catalog, project: Path, capsys: Captured
) -> None:
    for model_id in list(catalog.ids()):
        catalog.remove(model_id)
    facts = Facts(revision="0" * 40, license="mit", bytes_total=1_000_000)
    catalog.write(Record(id="acme/bee-35b", facts=facts))
    catalog.save_popularity({"acme/bee-35b": Popularity(checked="2999-01-01T00:00:00Z")})
    assert main(["tag", "--offline"]) == 0
    capsys.readouterr()
    assert main(["validate"]) == 1
    head = (project / "docs" / "checks.head.md").read_text(encoding="utf-8")
    assert f"$ curate validate\n{capsys.readouterr().out}```" in head
