from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curation.cli.main import main
from curation.errors import UsageError
from curation.model import Model
from curation.published import Origin
from curation.records import Facts, File, Record
from curation.release import build
from curation.release.projection import formats
from curation.store.catalog import Catalog
from curation.store.git import Commit
from curation.store.settings import Settings

Captured = pytest.CaptureFixture[str]


def content(folder: Path) -> dict[str, bytes]:
    """Path: bytes of every file below ``folder``."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_file_is_listed_with_its_hash(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    there = set(content(folder)) - {"SHA256SUMS"}
    assert set(listed) == there
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_same_catalog_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert main(["release", "build", "--to", str(tmp_path / "again")]) == 0
    assert content(tmp_path / "again" / folder.name) == content(folder)


def test_neither_place_nor_time_zone_locale_or_hashing_changes_a_byte(
    catalog: Catalog, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "else where"
    shutil.copytree(catalog.root, elsewhere / "catalog")
    strange = {
        "TZ": "Asia/Kolkata", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "curation", "release", "build"],
        cwd=elsewhere / "catalog" / "models",
        env={**os.environ, **strange},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built = elsewhere / "catalog" / "models" / "dist" / folder.name
    assert content(built) == content(folder)


def test_a_release_is_never_changed(catalog: Catalog, folder: Path, capsys: Captured) -> None:
    catalog.write(Record(id="acme/late"))
    main(["tag", "--offline"])
    before = (folder / "catalog.json").read_bytes()
    assert main(["release", "build"]) == 2
    assert "another release of this version" in capsys.readouterr().err
    assert (folder / "catalog.json").read_bytes() == before


def test_a_catalog_with_errors_is_not_built(
    catalog: Catalog, tmp_path: Path, capsys: Captured
) -> None:
    (catalog.root / "overrides").mkdir(exist_ok=True)
    (catalog.root / "models" / "acme" / "notes.md").write_text("to do")
    assert main(["release", "build", "--to", str(tmp_path / "no")]) == 1
    assert "not built" in capsys.readouterr().out
    assert not (tmp_path / "no").exists()


def test_provenance_tells_where_it_comes_from(catalog: Catalog, folder: Path) -> None:
    told = json.loads((folder / "provenance.json").read_text())
    assert told["packs"] == catalog.settings.packs
    assert {name: one["models"] for name, one in told["sources"].items()} == {"here": 2, "there": 1}
    assert told["unsynced"] == ["acme/bee", "acme/spam-detector", "acme/wasp"]
    assert told["commit"] is None


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_provenance_names_a_commit_only_if_the_catalog_is_that_commit(
    catalog: Catalog, tmp_path: Path, capsys: Captured
) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "catalog")
    git(tmp_path, "commit", "-q", "-m", "all")
    assert main(["release", "build", "--to", "clean"]) == 0
    told = json.loads((tmp_path / "clean" / "0.1.0" / "provenance.json").read_text())
    assert told["commit"] == git(tmp_path, "rev-parse", "HEAD")
    assert "not committed" not in capsys.readouterr().out

    with (catalog.root / "popularity.csv").open("a") as file:
        file.write("acme/bee,5,6,2026-01-01T00:00:00Z\n")
    assert main(["release", "build", "--to", "changed"]) == 0, capsys.readouterr().out
    told = json.loads((tmp_path / "changed" / "0.1.0" / "provenance.json").read_text())
    assert (told["commit"], told["committed"]) == (None, None)
    assert "not committed: provenance names no commit" in capsys.readouterr().out


def test_build_says_how_many_the_export_leaves_out(folder: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert main(["release", "build", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    left = json.loads((folder / "advisor" / "left-out.json").read_text())["left_out"]
    assert told["advisor_left_out"] == len(left) == 2


def test_build_tells_the_counts_by_facet(folder: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert main(["release", "build"]) == 0
    assert "\nknown: scope 2, kinds 2, task 3, " in capsys.readouterr().out
    assert main(["release", "build", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert counts["size_tier"] == {"known": 1, "unknown": 2, "conflicting": 0}
    models = json.loads((folder / "catalog.json").read_text())["models"]
    for facet, told in counts.items():
        assert told["unknown"] == sum(one["states"].get(facet) == "unknown" for one in models)


def test_a_build_beside_older_ones_says_what_it_is_not_compared_with(
    catalog: Catalog, folder: Path, capsys: Captured
) -> None:
    settings = catalog.root / "catalog.toml"
    settings.write_text(settings.read_text().replace('"0.1.0"', '"0.2.0"'))
    capsys.readouterr()
    assert main(["release", "build"]) == 0
    told = capsys.readouterr().out
    assert f"told as the first release: '--since {folder.relative_to(Path.cwd())}'" in told
    assert main(["release", "build", "--since", str(folder), "--to", "other"]) == 0
    assert "first release" not in capsys.readouterr().out


def test_without_git_no_commit_is_named(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert catalog.settings.version == "0.1.0"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["release", "build"]) == 0
    assert "the catalog is in no commit: provenance names no commit" in capsys.readouterr().out


def test_provenance_tells_times_and_revisions() -> None:
    held = [
        Model(id="a/one", source="hub", read_at="2026-01-02T00:00:00Z", revision="1" * 40),
        Model(id="a/two", source="hub", read_at="2026-01-01T00:00:00Z", revision="2" * 40),
        Model(id="a/old"),
    ]
    settings = Settings(name="here", version="1.0.0", packs={"tasks": "1.0.0"})
    told = build.provenance(settings, held, Commit("c" * 40, "2026-01-03"))
    assert told.sources == {
        "hub": Origin(
            models=2, first_read="2026-01-01T00:00:00Z", last_read="2026-01-02T00:00:00Z"
        ),
        "unknown": Origin(models=1),
    }
    assert told.revisions == {"a/one": "1" * 40, "a/two": "2" * 40}
    assert told.unsynced == ("a/old",)
    assert (told.catalog, told.version, told.packs) == ("here", "1.0.0", {"tasks": "1.0.0"})
    assert (told.commit, told.committed) == ("c" * 40, "2026-01-03")


def test_formats_are_those_of_weights() -> None:
    paths = ("a/model.GGUF", "training_args.bin", "README.md", "pytorch_model.bin")
    files = tuple(File(path=path) for path in paths)
    assert formats(Facts(files=files)) == ("gguf", "pytorch")


def test_write_refuses_what_is_there_already(tmp_path: Path) -> None:
    build.write(tmp_path, {"SHA256SUMS": b"one"})
    with pytest.raises(UsageError, match="another release"):
        build.write(tmp_path, {"SHA256SUMS": b"two"})
