from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import curation
from curation.errors import InputError, UsageError
from curation.release import reading


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


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


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"langage": "ru"}, "no filter is called 'langage'"),
        ({"task": "automatic-speech-recognitio"}, "no task in this release"),
    ],
)
def test_an_unknown_wish_is_named(folder: Path, wish: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        curation.load(folder).filter(**wish)
    assert caught.value.hint
    assert caught.value.hint.startswith("near: ")


def test_an_unknown_id_is_named(folder: Path) -> None:
    with pytest.raises(KeyError) as caught:
        curation.load(folder)["acme/be"]
    assert str(caught.value) == "no model acme/be in this release"
    assert getattr(caught.value, "hint", "") == "did you mean acme/bee?"


def test_a_changed_or_cut_file_is_refused(folder: Path) -> None:
    path = folder / "catalog.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="not what SHA256SUMS says"):
        curation.load(folder)


def test_a_folder_that_is_no_release_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no release: SHA256SUMS is not there"):
        curation.load(tmp_path)


def test_a_later_schema_is_refused(folder: Path) -> None:
    data = (folder / "catalog.jsonl").read_bytes()
    later = data.replace(b'"schema_version":1', b'"schema_version":9')
    with pytest.raises(InputError, match="schema version 9, we read up to 1") as caught:
        reading._decode(later, "here")
    assert caught.value.hint == "install a later curate"


def test_a_url_is_read_once_and_kept(url: str, folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert list(reading.load(url, cache=cache)) == list(curation.load(folder))
    (folder / "catalog.jsonl").unlink()
    assert len(reading.load(url, cache=cache)) == 3


def test_a_url_that_lies_is_refused(url: str, folder: Path, tmp_path: Path) -> None:
    (folder / "catalog.jsonl").write_bytes(b"{}\n")
    with pytest.raises(InputError, match="not what SHA256SUMS says"):
        reading.load(url, cache=tmp_path / "cache")
    with pytest.raises(InputError, match="cannot be had"):
        reading.load(f"{url}/nothing", cache=tmp_path / "cache")


def test_plain_http_stays_on_this_machine(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="plain http"):
        reading.load("http://hub.example/1.0.0", cache=tmp_path)
