from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from curation.cli.main import main

Captured = pytest.CaptureFixture[str]


def test_the_demo_shows_what_the_tags_have_become_and_what_to_do_next(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    shown, complaints = capsys.readouterr()
    for verb in ("init", "add", "sync", "tag", "validate", "diff"):
        assert f"$ curate {verb}" in shown
    assert "ProsusAI/finbert" in shown
    assert "what next:" in shown
    assert complaints == ""
    assert list(tmp_path.iterdir()) == []


def test_a_kept_demo_is_a_catalog_that_the_next_demo_replaces(
    capsys: Captured, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    for _ in range(2):
        assert main(["demo", "--keep", str(kept), "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["kept"] == str(kept)
        assert len(answer["models"]) >= 40
        assert (kept / "catalog" / "models" / "ProsusAI" / "finbert.json").is_file()


def test_the_demo_leaves_the_folders_of_others_alone(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work", "utf-8")
    assert main(["demo", "--keep", str(tmp_path)]) == 2
    assert "in use" in capsys.readouterr().err
    assert (tmp_path / "thesis.tex").is_file()


def test_the_users_token_stays_with_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_of_someone")
    assert main(["demo", "--keep", str(tmp_path / "kept")]) == 0


def test_who_is_offline_can_have_the_demo(project: Path) -> None:
    environ = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(project)}
    command = [sys.executable, "-m", "curation", "demo"]  # the word is heeded at an import
    subprocess.run(command, env=environ, check=True, capture_output=True)
