from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from curation import packs
from curation.cli.main import main
from curation.store import settings

Captured = pytest.CaptureFixture[str]


def test_a_catalog_is_made_here_and_is_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    shown = capsys.readouterr().out
    assert "made catalog/catalog.toml\n" in shown
    assert re.search(r"^made \.vscode/curate/ with \d+ files$", shown, re.MULTILINE)
    assert len(shown.splitlines()) < 20
    assert main(["validate"]) == 0
    assert settings.read(tmp_path / "catalog").packs == packs.pins()


def test_a_folder_can_be_named_and_the_answer_is_data(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "new" / "mine"
    assert main(["init", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["catalog"] == str(folder / "catalog")
    assert all(Path(path).is_file() for path in told["made"])


def test_who_makes_it_elsewhere_is_told_to_go_there(tmp_path: Path, capsys: Captured) -> None:
    main(["init", str(tmp_path / "mine")])
    assert f"next: cd {tmp_path / 'mine'}; 'curate add" in capsys.readouterr().out


def test_a_second_time_is_refused_and_changes_nothing(tmp_path: Path, capsys: Captured) -> None:
    main(["init", str(tmp_path)])
    before = (tmp_path / "catalog" / "catalog.toml").stat()
    assert main(["init", str(tmp_path)]) == 2
    assert "is a catalog already" in capsys.readouterr().err
    assert (tmp_path / "catalog" / "catalog.toml").stat().st_mtime_ns == before.st_mtime_ns


def test_a_file_is_no_folder(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "file").write_text("")
    assert main(["init", str(tmp_path / "file")]) == 2
    assert "is a file" in capsys.readouterr().err


def test_below_the_top_of_a_repository_only_the_catalog_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert main(["init", str(tmp_path / "a" / "b"), "--github"]) == 2
    assert not (tmp_path / "a").exists()
    assert main(["init", str(tmp_path / "a" / "b")]) == 0
    assert f"the top, {tmp_path.resolve()}; there they take '-C a/b'" in capsys.readouterr().out
    assert sorted(p.name for p in (tmp_path / "a" / "b").iterdir()) == [".gitignore", "catalog"]
    assert main(["init", str(tmp_path)]) == 0
    assert (tmp_path / ".pre-commit-config.yaml").is_file()


def test_what_is_there_is_left_alone_and_told(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    assert main(["init", str(tmp_path)]) == 0
    assert f"left {tmp_path / '.pre-commit-config.yaml'} as it was" in capsys.readouterr().out
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"
