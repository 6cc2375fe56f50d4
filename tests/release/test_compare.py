from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.cli.main import main
from curation.errors import UsageError
from curation.model import Model
from curation.records import Record
from curation.release import sums
from curation.release.compare import compare, following
from curation.store.catalog import Catalog

OLD = {"a/one": Model(id="a/one", task="translation"), "a/two": Model(id="a/two")}


def after(*models: Model) -> dict[str, Model]:
    return {one.id: one for one in models}


@pytest.mark.parametrize(
    ("new", "buried", "level"),
    [
        (OLD, (), "none"),
        (after(OLD["a/one"], Model(id="a/two", downloads=9, likes=1)), (), "none"),
        (after(OLD["a/one"], Model(id="a/two", read_at="2026-01-01T00:00:00Z")), (), "none"),
        (after(OLD["a/one"], Model(id="a/two", confidence={"task": 0.5})), (), "none"),
        (after(OLD["a/one"], Model(id="a/two", states={"task": "unknown"})), (), "minor"),
        (after(OLD["a/one"], Model(id="a/two", license="mit")), (), "patch"),
        (after(OLD["a/one"], Model(id="a/two", domains=("food",))), (), "minor"),
        (after(*OLD.values(), Model(id="a/three")), (), "minor"),
        (after(OLD["a/one"], Model(id="b/two", aliases=("a/two",))), (), "minor"),
        (after(OLD["a/one"]), ("a/two",), "minor"),
        (after(OLD["a/one"]), (), "major"),
    ],
)
def test_the_change_makes_the_level(
    new: dict[str, Model], buried: tuple[str, ...], level: str
) -> None:
    assert compare(OLD, new, buried).level == level


def test_a_renamed_model_is_neither_new_nor_gone() -> None:
    found = compare(OLD, after(OLD["a/one"], Model(id="b/two", aliases=("a/two",))), ())
    assert (found.added, found.removed, found.renamed) == ((), (), {"a/two": "b/two"})


NAMED = {"b/two": Model(id="b/two", aliases=("a/two",))}


@pytest.mark.parametrize(
    ("new", "buried", "lost"),
    [
        (NAMED, (), ()),
        (after(Model(id="b/two")), (), ("a/two",)),
        (after(Model(id="c/two", aliases=("b/two",))), (), ("a/two",)),
        (after(Model(id="c/two", aliases=("a/two", "b/two"))), (), ()),
        (after(Model(id="b/two")), ("a/two",), ()),
        (after(), ("b/two",), ()),
        (after(), (), ("b/two",)),
    ],
)
def test_an_alias_may_not_be_lost_either(
    new: dict[str, Model], buried: tuple[str, ...], lost: tuple[str, ...]
) -> None:
    found = compare(NAMED, new, buried)
    assert found.lost == lost
    assert (found.level == "major") == bool(lost)


def test_more_for_readers_is_a_minor_change() -> None:
    assert compare(OLD, OLD, (), grown=["models[].colour"]).level == "minor"


def test_a_tombstone_stays() -> None:
    assert compare(OLD, OLD, ("a/gone",), before=["a/gone"]).lost == ()
    assert compare(OLD, OLD, (), before=["a/gone"]).lost == ("a/gone",)


def test_versions_follow() -> None:
    levels = ("major", "minor", "patch", "none")
    assert [following("1.4.2", level) for level in levels] == ["2.0.0", "1.5.0", "1.4.3", "1.4.2"]
    with pytest.raises(UsageError, match="no version"):
        following("one", "minor")


def test_check_reads_the_schemas_of_all_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "schemas" / "advisor.schema.json"
    schema = json.loads(path.read_text())
    schema["$defs"]["Entry"]["properties"]["colour"] = {"type": "string"}
    path.write_text(json.dumps(schema))
    (folder / "schemas" / "left-out.schema.json").unlink()  # an older tool did not write it
    content = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    listed = {name: file.read_bytes() for name, file in content.items() if name != sums.NAME}
    (folder / sums.NAME).write_bytes(sums.write(listed))
    assert main(["release", "check", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "breaks readers: advisor: models[][][][].colour: gone" in told
    assert "more for readers: left-out\n" in told
    assert "0.1.0 -> 1.0.0 (major)" in told


def test_check_wants_a_version_that_tells(
    catalog: Catalog, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["release", "check", str(folder)]) == 0
    catalog.remove("acme/wasp")
    capsys.readouterr()
    assert main(["release", "check", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "acme/wasp: gone, and neither an alias nor in tombstones.toml" in told
    assert "(major)" in told
    assert "curate diff" not in told
    assert "catalog.toml says 0.1.0; raise it to 1.0.0" in told
    assert main(["release", "build", "--since", str(folder), "--to", "next"]) == 0
    assert "catalog.toml says 0.1.0; raise it to 1.0.0" in capsys.readouterr().out


def test_check_says_how_to_see_what_changed(
    catalog: Catalog, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog.write(Record(id="acme/new"))
    capsys.readouterr()
    assert main(["release", "check", str(folder)]) == 1
    told = capsys.readouterr().out
    assert told.startswith("1 added, 0 removed, 0 renamed, 0 with other tags")
    assert f"'curate diff {folder}' tells of each\n0.1.0 -> 0.2.0 (minor)\n" in told
    assert main(["diff", str(folder)]) == 0
    assert "acme/new" in capsys.readouterr().out
