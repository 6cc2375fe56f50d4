"""Without an extra, a command that needs it says which: it is not our fault."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from curation.cli.main import main

HEAVY = ("great_expectations", "matplotlib", "numpy", "pandas", "pandera", "scipy")


@pytest.mark.parametrize(
    ("command", "extra"),
    [("validate --table", "gate"), ("audit", "audit")],
)
def test_the_extra_that_is_missing_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    extra: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["init"])
    for name in [name for name in sys.modules if name.partition(".")[0] in HEAVY]:
        monkeypatch.delitem(sys.modules, name)
    for name in HEAVY:
        monkeypatch.setitem(sys.modules, name, None)
    assert main(command.split()) == 2
    assert f"pip install 'curate-models[{extra}]'" in capsys.readouterr().err
