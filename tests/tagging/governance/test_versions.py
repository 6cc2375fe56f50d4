from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from curation import canonical, roots
from curation import packs as stock_packs
from curation.errors import InputError, UsageError
from curation.tagging import calibration
from curation.tagging.governance import versions

PACK = 'name = "a"\nversion = "{version}"\nabout = "Tests."\n'


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder like ``curation/packs``, in a repository whose first commit is ``v1.0.0``."""
    folder = tmp_path / "curation" / "packs"
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "a.toml").write_text(PACK.format(version="1.0.0"))
    shutil.copy(calibration.FILE, folder)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "first")
    git(tmp_path, "tag", "v1.0.0")
    (folder / "rules" / "a.toml").write_text(PACK.format(version="1.1.0"))
    return folder


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True)


def version(found: versions.Version) -> list[str]:
    return [pack.version for pack in found.packs]


@pytest.mark.parametrize("base", ["HEAD", "v1.0.0", "1.0.0"])
def test_a_revision_or_a_release_has_the_packs_as_they_were(packs: Path, base: str) -> None:
    found = versions.find(base, packs)
    assert version(found) == ["1.0.0"]
    assert found.name.startswith(f"{base} (")
    assert found.fitted == calibration.load()


def test_a_folder_has_the_packs_as_they_are(packs: Path) -> None:
    assert version(versions.find(str(packs))) == ["1.1.0"]
    assert version(versions.find(str(packs / "rules"))) == ["1.1.0"]


def test_the_calibration_beside_the_packs_counts(packs: Path) -> None:
    (packs / "calibration.toml").write_text("version = '1.0.0'\nfacets = {}\n")
    with pytest.raises(InputError, match="no calibration of"):
        versions.find(str(packs))
    (packs / "calibration.toml").unlink()
    assert versions.find(str(packs / "rules")).fitted == calibration.load()


def test_one_pack_may_be_at_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "domains").mkdir()
    text = PACK.format(version="0.0.1").replace('"a"', '"domains"')
    older = stock_packs.decode(text.encode(), "here")
    (tmp_path / "domains" / "0.0.1.json").write_text(canonical.dumps(older))
    monkeypatch.setattr(roots, "OLD_RULES", tmp_path)
    found = {pack.name: pack.version for pack in versions.find("domains@0.0.1").packs}
    assert found == stock_packs.available() | {"domains": "0.0.1"}
    with pytest.raises(InputError, match="no domains"):
        versions.find("domains@0.0.2")


def test_what_is_neither_is_refused(packs: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for base in ("nowhere", "-x", str(tmp_path / "empty")):
        with pytest.raises(UsageError, match="neither a folder nor a revision"):
            versions.find(base, packs)


def test_the_present_packs_are_the_stock_ones() -> None:
    folder = versions.find(str(roots.PACKS))
    present = versions.present()
    assert (folder.packs, folder.fitted) == (present.packs, present.fitted)


def test_packs_that_were_installed_have_no_revisions(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither a folder nor a revision") as caught:
        versions.find("main", tmp_path)
    assert "a folder of packs" in str(caught.value.hint)
