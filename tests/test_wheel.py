"""The wheel is all that a user gets: it must hold the data, and work outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, project])
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty venv with the wheel in it.

    The wheel is installed as any user would, but without its dependencies: these are found, behind
    the venv's own packages, where this Python has them, so that no index is needed. The checkout
    is not on that path: a path file in the borrowed folder is not read.
    """
    home = tmp_path_factory.mktemp("home") / "venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", _bin(home, "python")]
    _run([*pip, "install", "--quiet", "--no-index", "--no-deps", wheel])
    borrowed = Path(_ask(home, "import sysconfig; print(sysconfig.get_path('purelib'))"))
    (borrowed / "zz_borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return home


def test_the_wheel_holds_the_package_and_the_schemas_and_nothing_else(
    wheel: Path, project: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = {f"curation/{name}" for name in _files(project / "curation")}
    schemas = {f"curation/schemas/{name}" for name in _files(project / "schemas")}
    assert schemas
    assert packed == package | schemas


def test_data_travels_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for folder in ("packs/vocabularies/", "packs/rules/", "samplehub/data/", "schemas/"):
        assert any(name.startswith(f"curation/{folder}") for name in names), folder
    assert "curation/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_installed_package_is_not_the_checkout(home: Path) -> None:
    where = Path(_ask(home, "import curation; print(curation.__file__)"))
    assert where.is_relative_to(home)


def test_the_data_is_found_where_it_was_installed(home: Path) -> None:
    code = "from curation import roots; print(roots.schemas(), roots.RULES, roots.SAMPLE_HUB)"
    folders = [Path(word) for word in _ask(home, code).split()]
    assert all(folder.is_relative_to(home) and any(folder.iterdir()) for folder in folders)


def test_the_command_works_outside_the_checkout(home: Path) -> None:
    shown = _run([_bin(home, "curate"), "--help"], cwd=home)
    assert shown.startswith("usage: curate COMMAND")


def test_the_demo_works_outside_the_checkout(home: Path, tmp_path: Path) -> None:
    shown = _run([_bin(home, "curate"), "demo", "--keep", tmp_path / "kept"], cwd=tmp_path)
    assert "next" in shown.lower()
    assert (tmp_path / "kept" / "catalog" / "catalog.toml").is_file()


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def _bin(home: Path, name: str) -> Path:
    return home / ("Scripts" if os.name == "nt" else "bin") / name


def _ask(home: Path, code: str) -> str:
    return _run([_bin(home, "python"), "-c", code], cwd=home).strip()


def _run(words: Sequence[str | Path], cwd: Path | None = None) -> str:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        words, cwd=cwd, env=environ, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout
