from __future__ import annotations

import traceback
from pathlib import Path

import pytest

import curation
from curation.errors import InputError
from curation.model import Model
from curation.release import sums
from curation.release.release import Release


def test_a_release_is_read_by_id_and_alias(folder: Path) -> None:
    c = curation.load(folder)
    assert list(c) == ["acme/bee", "acme/spam-detector", "acme/wasp"]
    assert c["old/bee"] is c["acme/bee"]
    assert c["acme/bee"].languages == ("ru",)
    assert c["acme/bee"].formats == ("safetensors",)
    assert len(c) == 3
    assert "old/bee" in c


def test_models_are_chosen_by_what_they_are(folder: Path) -> None:
    c = curation.load(folder)
    asr = c.filter(language="Russian", task="automatic-speech-recognition", max_bytes=500)
    assert [one.id for one in asr] == ["acme/bee"]
    assert c.filter(language="ru", max_bytes=100) == []
    assert [one.id for one in c.filter(subtask="spam-detection")] == ["acme/spam-detector"]


def test_an_unknown_id_is_named(folder: Path) -> None:
    with pytest.raises(KeyError) as caught:
        curation.load(folder)["acme/be"]
    assert str(caught.value) == "no model acme/be in this release"
    assert getattr(caught.value, "hint", "") == "did you mean acme/bee?"


def test_a_traceback_shows_the_hint(folder: Path) -> None:
    with pytest.raises(KeyError) as caught:
        curation.load(folder)["acme/be"]
    assert traceback.format_exception(caught.value)[-1] == "hint: did you mean acme/bee?\n"


def test_the_front_door_shows_what_it_has() -> None:
    assert {"Model", "Release", "load"} <= set(dir(curation))
    assert curation.Model is Model
    assert curation.Release is Release
    with pytest.raises(AttributeError, match="laod"):
        curation.laod  # noqa: B018


def test_a_changed_or_cut_file_is_refused(folder: Path) -> None:
    path = folder / "catalog.json"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="not what SHA256SUMS says"):
        curation.load(folder)


@pytest.mark.parametrize("place", ["", "notes.txt"])
def test_what_is_no_release_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "notes.txt").write_text("to do")
    with pytest.raises(InputError, match=r"no release: SHA256SUMS|be read: Not a") as caught:
        curation.load(tmp_path / place)
    assert caught.value.hint == "name the folder of one version, dist/1.0.0"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'"schema_version": 1', b'"schema_version": 9', "schema version 9, we read up to 1"),
        (b'"schema_version": 1', b'"schema_version": "9"', "catalog.json is no release"),
        (b'"schema_version": 1,', b"", "missing required field `schema_version`"),
        (b'"id": "acme/bee"', b'"id": 5', "catalog.json is no release"),
        (b'"unknown"', b'"guessed"', "catalog.json is no release"),
        (b'"unknown"', b'"\xff"', "catalog.json is no release"),
    ],
)
def test_a_schema_that_we_do_not_read_is_named(
    folder: Path, old: bytes, new: bytes, told: str
) -> None:
    path = folder / "catalog.json"
    data = path.read_bytes()
    assert old in data
    replace(folder, "catalog.json", data.replace(old, new))
    with pytest.raises(InputError, match=told) as caught:
        curation.load(folder)
    assert "\n" not in str(caught.value)
    assert "a later curate" in str(caught.value.hint)


def test_fields_of_a_later_release_are_let_be(folder: Path) -> None:
    path = folder / "catalog.json"
    later = path.read_bytes().replace(b'"aliases"', b'"colour": {"of": "it"}, "aliases"', 1)
    replace(folder, "catalog.json", later)
    assert len(curation.load(folder)) == 3


def replace(folder: Path, name: str, data: bytes) -> None:
    """Put another file into a release, with its checksum."""
    (folder / name).write_bytes(data)
    listed = {
        n: (folder / n).read_bytes() for n in sums.read((folder / sums.NAME).read_bytes(), "")
    }
    (folder / sums.NAME).write_bytes(sums.write(listed))
