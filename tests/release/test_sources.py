"""A release over HTTP: what servers do, and what a cache may hold."""

from __future__ import annotations

import functools
import hashlib
import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import curation
from curation.errors import InputError, UsageError
from curation.release import sources


class _Server(http.server.SimpleHTTPRequestHandler):
    """A folder, and beside it servers that misbehave."""

    def log_message(self, *words: object) -> None:
        pass

    def do_GET(self) -> None:
        behaviour, _, path = self.path[1:].partition("/")
        if behaviour == "moved":
            self._redirect(f"/{path}")
        elif behaviour == "loop":
            self._redirect(self.path)
        elif behaviour == "leaves":
            self._redirect(f"http://hub.example/{path}")
        elif behaviour == "cut" and path == "catalog.json":
            self._answer(b'{"models": [', length=10_000)
        elif behaviour == "login":
            self._answer(b"<html>who are you?</html>", length=25)
        else:
            self.path = self.path.removeprefix("/cut")
            super().do_GET()

    def _redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def _answer(self, data: bytes, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Server, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def kept(folder: Path, cache: Path) -> Path:
    """Where the models of a release lie in a cache."""
    return cache / hashlib.sha256((folder / "catalog.json").read_bytes()).hexdigest()


def test_a_url_is_read_once_and_kept(url: str, folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert curation.load(url, cache=cache) == curation.load(folder)
    (folder / "catalog.json").unlink()
    assert len(curation.load(url + "/", cache=str(cache))) == 3


@pytest.mark.parametrize("spoilt", [b"", b'{"models": []}'])
def test_what_is_spoilt_in_the_cache_is_had_again(
    url: str, folder: Path, tmp_path: Path, spoilt: bytes
) -> None:
    path = kept(folder, tmp_path)
    path.write_bytes(spoilt)
    assert len(curation.load(url, cache=tmp_path)) == 3
    assert path.read_bytes() == (folder / "catalog.json").read_bytes()


def test_a_cache_that_cannot_be_written_is_done_without(url: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert len(curation.load(url, cache=tmp_path / "file")) == 3


def test_many_may_load_at_once(url: str, folder: Path, tmp_path: Path) -> None:
    found: list[int] = []
    cache = tmp_path / "cache"
    work = [
        threading.Thread(target=lambda: found.append(len(curation.load(url, cache=cache))))
        for _ in range(8)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert found == [3] * 8
    assert list(cache.iterdir()) == [kept(folder, cache)]


def test_without_a_cache_named_it_is_the_users(
    url: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    curation.load(url)
    assert kept(folder, tmp_path / "xdg" / "curate" / "releases").is_file()
    monkeypatch.setenv("XDG_CACHE_HOME", "here")  # the standard: what is relative does not count
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    curation.load(url)
    assert kept(folder, tmp_path / "home" / ".cache" / "curate" / "releases").is_file()


def test_a_redirect_is_followed(url: str, tmp_path: Path) -> None:
    assert len(curation.load(f"{url}/moved", cache=tmp_path)) == 3


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("nothing", "/nothing/SHA256SUMS: answered 404"),
        ("loop", "/loop/SHA256SUMS: cannot be had: .*redirects"),
        ("cut", "/cut/catalog.json: cannot be had: peer closed"),
        ("login", "/login: no list of checksums"),
    ],
)
def test_a_server_that_does_not_give_it_is_named(
    url: str, tmp_path: Path, place: str, told: str
) -> None:
    with pytest.raises(InputError, match=told) as caught:
        curation.load(f"{url}/{place}", cache=tmp_path / "cache")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "cache").exists()


def test_a_url_that_lies_is_refused(url: str, folder: Path, tmp_path: Path) -> None:
    (folder / "catalog.json").write_bytes(b"{}\n")
    with pytest.raises(InputError, match="not what SHA256SUMS says"):
        curation.load(url, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_an_answer_is_bounded_in_bytes_and_time(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_MOST", 100)
    with pytest.raises(InputError, match="over 100 bytes"):
        curation.load(url, cache=tmp_path)
    monkeypatch.setattr(sources, "_MOST", 2**30)
    monkeypatch.setattr(sources, "_LONGEST", -1)
    with pytest.raises(InputError, match="not had within"):
        curation.load(url, cache=tmp_path)


def test_a_server_that_says_nothing_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_SILENCE", 0.05)
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        pytest.raises(InputError, match=r"SHA256SUMS: cannot be had: .*time") as caught,
    ):
        curation.load(f"http://127.0.0.1:{mute.getsockname()[1]}", cache=tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("http://hub.example/1.0.0", "plain http to another machine"),
        ("ftp://hub.example/1.0.0", "neither a folder nor a URL"),
        ("file:///dist/1.0.0", "neither a folder nor a URL"),
        ("https://", "neither a folder nor a URL"),
        ("http://[", "no URL"),
        ("https://hub.example/1.0.0?token=x", "no URL of a folder"),
    ],
)
def test_a_url_that_is_not_to_be_read_is_refused(tmp_path: Path, place: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        curation.load(place, cache=tmp_path)


def test_a_redirect_does_not_lead_to_plain_http_elsewhere(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="plain http to another machine"):
        curation.load(f"{url}/leaves", cache=tmp_path)


def test_a_password_in_a_url_is_not_told(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        curation.load(url.replace("//", "//me:secret@") + "/nothing", cache=tmp_path)
    assert "secret" not in str(caught.value)
