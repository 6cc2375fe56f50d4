from __future__ import annotations

from pathlib import Path

import pytest

from curation import checks
from curation.errors import UsageError
from curation.store import settings, skeleton


def test_a_new_catalog_has_no_findings_and_pins_the_packs(tmp_path: Path) -> None:
    folder = tmp_path / "My Models (2)"
    made = skeleton.make(folder, {"tasks": "1.0.0", "domains": "2.1.0"})
    assert checks.check_files(folder / "catalog") == []
    found = settings.read(folder / "catalog")
    assert found.name == "my-models-2"
    assert found.packs == {"domains": "2.1.0", "tasks": "1.0.0"}
    assert (found.sync, found.policy) == (settings.Sync(), settings.Policy())
    assert {path.name for path in made} == {
        ".gitignore",
        "catalog.toml",
        "popularity.csv",
        "rejections.toml",
        "tombstones.toml",
        "waivers.toml",
    }


def test_the_examples_in_the_ledgers_fit_their_schemas(tmp_path: Path) -> None:
    skeleton.make(tmp_path, {})
    for name in ("rejections.toml", "tombstones.toml", "waivers.toml"):
        path = tmp_path / "catalog" / name
        _, _, example = path.read_text().partition("#\n")
        lines = [line.removeprefix("# ") for line in example.splitlines()]
        assert lines
        assert checks.check_file(name, "\n".join(lines).encode()) == []


def test_a_catalog_is_not_made_over_another(tmp_path: Path) -> None:
    skeleton.make(tmp_path, {})
    with pytest.raises(UsageError, match="is a catalog already"):
        skeleton.make(tmp_path, {})


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "waivers.toml").write_text("# mine\n")
    (tmp_path / ".gitignore").write_text("*.log")
    skeleton.make(tmp_path, {})
    assert (tmp_path / "catalog" / "waivers.toml").read_text() == "# mine\n"
    assert (tmp_path / ".gitignore").read_text() == "*.log\n.curate/\ndist/\n"


@pytest.mark.parametrize("line", [".curate/", "/.curate", "  .curate/ "])
def test_what_is_ignored_already_is_not_ignored_twice(tmp_path: Path, line: str) -> None:
    (tmp_path / ".gitignore").write_text(f"/dist\n{line}\n")
    skeleton.make(tmp_path, {})
    assert (tmp_path / ".gitignore").read_text() == f"/dist\n{line}\n"
