from __future__ import annotations

from pathlib import Path

import pytest

from curation.cli.main import main
from curation.errors import UsageError
from curation.model import Model
from curation.release.compare import compare, following
from curation.store.catalog import Catalog

OLD = {"a/one": Model(id="a/one", task="translation"), "a/two": Model(id="a/two")}


def after(*models: Model) -> dict[str, Model]:
    return {one.id: one for one in models}


@pytest.mark.parametrize(
    ("new", "buried", "level"),
    [
        (OLD, (), "none"),
        (after(OLD["a/one"], Model(id="a/two", downloads=9)), (), "none"),
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


def test_versions_follow() -> None:
    levels = ("major", "minor", "patch", "none")
    assert [following("1.4.2", level) for level in levels] == ["2.0.0", "1.5.0", "1.4.3", "1.4.2"]
    with pytest.raises(UsageError, match="no version"):
        following("one", "minor")


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
