"""Where requests, links and redirects may go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import UntrustedError, UsageError
from curation.hub.wire import origins
from curation.hub.wire.origins import Origin

HOME = Origin("https", "hub.example", 443)
LOCAL = Origin("http", "127.0.0.1", 8080)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Hub.Example/api?x=1", HOME),
        ("https://hub.example:443", HOME),
        ("https://user:word@hub.example/", HOME),
        ("http://hub.example", Origin("http", "hub.example", 80)),
        ("https://hub.example:8443/x", Origin("https", "hub.example", 8443)),
        ("http://[::1]:9/", Origin("http", "::1", 9)),
        ("ftp://hub.example/", None),
        ("file:///etc/passwd", None),
        ("//hub.example/x", None),
        ("/api/models", None),
        ("https://", None),
        ("https://hub.example:99999999/", None),
        ("https://hub\nexample/", None),
        ("", None),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: Origin | None) -> None:
    assert Origin.of(url) == origin


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_origins(text: str) -> None:
    for url in (text, f"https://{text}", f"https://hub.example{text}"):
        origin = Origin.of(url)
        assert origin is None or origin.scheme in ("http", "https")


@pytest.mark.parametrize(
    "lookalike",
    [
        "https://hub.example.evil.example/",
        "https://hub.example@evil.example/",
        "https://evil.example/hub.example",
        "https://evil.example#hub.example",
        "http://hub.example/",
        "https://hub.example:444/",
    ],
)
def test_a_lookalike_is_not_home(lookalike: str) -> None:
    for check in (origins.check_start, origins.check_link):
        with pytest.raises(UntrustedError):
            check(HOME, lookalike)
    with pytest.raises(UntrustedError):
        origins.check_redirect(HOME, lookalike, file=False)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("127.0.0.1.evil.example", False),
        ("10.0.0.1", False),
        ("hub.example", False),
    ],
)
def test_loopback_is_this_machine(host: str, loopback: bool) -> None:
    assert Origin("http", host, 80).loopback is loopback


def test_an_endpoint_is_an_https_url_or_on_this_machine() -> None:
    assert origins.endpoint("https://hub.example") == HOME
    assert origins.endpoint("http://127.0.0.1:8080/") == LOCAL
    assert origins.endpoint("http://hub.lan", plain_http=True) == Origin("http", "hub.lan", 80)
    with pytest.raises(UsageError, match="plain http"):
        origins.endpoint("http://hub.example")


@pytest.mark.parametrize(
    "url",
    ["hub.example", "ftp://hub.example", "https://", "https://hub.example/?x", "https://h/#x"],
)
def test_what_is_no_endpoint_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="not a Hub endpoint"):
        origins.endpoint(url)


def test_a_password_in_an_endpoint_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        origins.endpoint("https://me:hf_secret@hub.example")
    assert "hf_secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("home", "url", "file", "followed"),
    [
        (HOME, "https://hub.example/api/models/b", False, True),
        (HOME, "https://cdn.example/blob?signature=x", True, True),
        (HOME, "https://cdn.example/blob", False, False),
        (HOME, "http://cdn.example/blob", True, False),
        (HOME, "http://127.0.0.1/blob", True, False),
        (HOME, "https://localhost/blob", True, False),
        (HOME, "ftp://cdn.example/blob", True, False),
        (LOCAL, "http://127.0.0.1:9/blob", True, True),
        (LOCAL, "http://127.0.0.1:9/api", False, False),
        (LOCAL, "https://cdn.example/blob", True, False),
    ],
)
def test_only_files_may_come_from_elsewhere(
    home: Origin, url: str, file: bool, followed: bool
) -> None:
    if followed:
        origins.check_redirect(home, url, file=file)
        return
    with pytest.raises(UntrustedError, match="not followed"):
        origins.check_redirect(home, url, file=file)


def test_a_signed_url_does_not_reach_the_message() -> None:
    with pytest.raises(UntrustedError) as caught:
        origins.check_redirect(HOME, "https://cdn.example/b?signature=abc", file=False)
    assert "https://cdn.example" in str(caught.value)
    assert "abc" not in str(caught.value)
