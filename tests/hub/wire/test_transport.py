"""What our client refuses, bounds and retries, under the real huggingface_hub."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx2
import huggingface_hub
import pytest

from curation.errors import HubError, ThrottledError, UntrustedError, UsageError
from curation.hub.client import Hub
from curation.hub.wire import transport
from curation.hub.wire.limits import Limits, kind_of
from curation.hub.wire.session import Session, Timing
from curation.samplehub import faults
from curation.samplehub.faults import Fault
from curation.samplehub.server import SampleHub, SampleModel

Connect = Callable[..., Hub]

SECRET = "hf_abcdefghijklmnopqrstuvwxyz"
ONE = SampleModel.of("a/one", card="# One\n")
MODELS = [ONE, SampleModel.of("a/two"), SampleModel.of("a/three")]


def sample(*spoilt: Fault, **options: Any) -> SampleHub:
    return SampleHub(MODELS, faults=spoilt, tokens={SECRET: []}, **options)


# Origins


def test_the_token_goes_to_the_hub(connect: Connect) -> None:
    with sample() as server:
        hub = connect(server.endpoint, SECRET)
        hub.model("a/one")
        hub.card("a/one", ONE.sha)
        list(hub.search({}))
    assert [request.token for request in server.requests] == [True, True, True]


def test_a_redirected_file_is_fetched_without_the_token(connect: Connect) -> None:
    with sample() as server, SampleHub(MODELS) as cdn:
        elsewhere = f"{cdn.endpoint}/a/one/resolve/main/README.md?signature=x"
        server.faults.add(Fault("README", faults.redirect(elsewhere)))
        assert connect(server.endpoint, SECRET).card("a/one", ONE.sha) == "# One\n"
    assert [request.token for request in server.requests] == [True]
    assert [request.token for request in cdn.requests] == [False]


def test_an_api_call_is_not_redirected_elsewhere(connect: Connect) -> None:
    with sample() as server, SampleHub(MODELS) as other:
        moved = faults.redirect(f"{other.endpoint}/api/models/a/one")
        server.faults.add(Fault("one", moved))
        with pytest.raises(UntrustedError, match="not followed"):
            connect(server.endpoint, SECRET).model("a/one")
    assert other.requests == []


def test_a_list_does_not_go_on_elsewhere(connect: Connect) -> None:
    with sample() as server, SampleHub(MODELS) as other:
        server.faults.add(Fault("models", faults.next_page(f"{other.endpoint}/api/models")))
        with pytest.raises(UntrustedError, match="not followed"):
            list(connect(server.endpoint, SECRET).search({}))
    assert other.requests == []


def test_a_request_to_another_origin_is_not_sent(connect: Connect) -> None:
    with sample() as server, SampleHub(MODELS) as other:
        connect(server.endpoint, SECRET)
        with pytest.raises(UntrustedError, match="not sent"):
            huggingface_hub.HfApi(other.endpoint, token=SECRET).model_info("a/one")
    assert other.requests == []


def test_redirects_in_a_circle_end(connect: Connect) -> None:
    with (
        sample(Fault("one", faults.redirect("/api/models/a/one"), times=None)) as server,
        pytest.raises(UntrustedError, match="too many redirects"),
    ):
        connect(server.endpoint).model("a/one")
    assert len(server.requests) == Limits().redirects + 1


def test_only_reading_is_possible(connect: Connect) -> None:
    with sample() as server:
        connect(server.endpoint, SECRET)
        with pytest.raises(HubError, match="only reads"):
            huggingface_hub.HfApi(server.endpoint, token=SECRET).create_repo("a/new")
    assert server.requests == []


def test_plain_http_to_another_machine_must_be_wanted() -> None:
    with pytest.raises(UsageError, match="plain http"):
        Session("http://hub.example")
    assert Session("http://hub.example", plain_http=True).home.host == "hub.example"


def test_a_proxy_is_not_used_for_this_machine(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with sample() as server:
        assert connect(server.endpoint).model("a/one").canonical_id == "a/one"


def test_a_proxy_is_used_for_other_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        asked: list[bytes] = []
        thread = threading.Thread(target=_refuse, args=(proxy, asked))
        thread.start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        with Hub("https://hub.example", SECRET) as hub, pytest.raises(HubError, match="403"):
            hub.model("a/one")
        thread.join()
    assert asked[0].startswith(b"CONNECT hub.example:443 ")
    assert SECRET.encode() not in asked[0]


def _refuse(proxy: socket.socket, asked: list[bytes]) -> None:
    connection, _ = proxy.accept()
    with connection:
        asked.append(connection.recv(65536))
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")


# The token


def test_the_token_shows_nowhere(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    errors = []
    broken = Fault("a/(two|three)", faults.status(400, {"X-Error-Message": "no"}), times=None)
    with sample(broken) as server:
        hub = connect(server.endpoint, SECRET)
        hub.model("a/one")
        for call in (lambda: hub.model("a/two"), lambda: hub.card("a/three", ONE.sha)):
            with pytest.raises(HubError) as caught:
                call()
            errors.append(caught.value)
    chain = [error for top in errors for error in (top, top.__cause__, top.__context__)]
    shown = [caplog.text, repr(hub), repr(Session(hub.endpoint, SECRET)), repr(server.requests)]
    assert SECRET not in "".join([*shown, *map(str, chain), *map(repr, chain)])
    assert "HTTP Request" in caplog.text


@pytest.mark.parametrize("token", ["hf_x\nX-Evil: 1", "hf_é", "hf x"])
def test_what_is_no_token_is_refused_without_repeating_it(token: str) -> None:
    with pytest.raises(UsageError) as caught:
        Session("https://hub.example", token)
    assert "hf" not in str(caught.value)


def test_no_other_credential_is_sent(connect: Connect) -> None:
    """Neither a caller's token nor the name and password of a URL."""
    with sample() as server:
        connect(server.endpoint)
        api = huggingface_hub.HfApi(server.endpoint, token=SECRET)
        api.model_info("a/one")
        named = server.endpoint.replace("//", "//me:secret@")
        server.faults.add(Fault("two", faults.redirect(f"{named}/api/models/a/one")))
        api.model_info("a/two")
    assert [request.token for request in server.requests] == [False, False, False]


def test_blanks_around_a_token_are_nothing(connect: Connect) -> None:
    with sample() as server:
        connect(server.endpoint, f" {SECRET}\n").model("a/one")
        connect(server.endpoint, " ").model("a/one")
    assert [request.token for request in server.requests] == [True, False]


# Bodies and pages


@pytest.mark.parametrize("size", [0, 1])
def test_a_card_is_read_to_its_bound(connect: Connect, size: int) -> None:
    limits = Limits(card_bytes=len("# One\n") + 10)
    with sample(Fault("README", faults.oversized(10 + size))) as server:
        hub = connect(server.endpoint, limits=limits)
        if not size:
            assert hub.card("a/one", ONE.sha) == "# One\n" + " " * 10
            return
        with pytest.raises(UntrustedError, match="more than 16 bytes"):
            hub.card("a/one", ONE.sha)
    assert len(server.requests) == 1


def test_an_api_answer_is_read_to_its_bound(connect: Connect) -> None:
    with (
        sample(Fault("models", faults.oversized(100_000))) as server,
        pytest.raises(UntrustedError, match="more than 50,000 bytes"),
    ):
        connect(server.endpoint, limits=Limits(api_bytes=50_000)).model("a/one")


def test_a_body_shorter_than_declared_is_tried_again(connect: Connect) -> None:
    with sample(Fault("README", faults.reset(after=3))) as server:
        assert connect(server.endpoint).card("a/one", ONE.sha) == "# One\n"


def test_a_cursor_that_repeats_ends_the_list(connect: Connect) -> None:
    with (
        sample(Fault("models", faults.next_page(), times=None)) as server,
        pytest.raises(UntrustedError, match="repeat"),
    ):
        list(connect(server.endpoint).search({}))
    assert len(server.requests) == 1


def test_an_endless_list_of_empty_pages_ends(connect: Connect) -> None:
    pages = iter(range(1, 1000))

    def another(ask: Any, reply: Any) -> Any:
        page = f"{ask.origin}/api/models?cursor={next(pages)}"
        return faults.next_page(page)(ask, faults.body(b"[]")(ask, reply))

    with (
        sample(Fault("models", another, times=None)) as server,
        pytest.raises(UntrustedError, match="more than 7 pages"),
    ):
        list(connect(server.endpoint, limits=Limits(pages=7)).search({}))
    assert len(server.requests) == 7


# Waiting and retrying


@pytest.fixture
def _awake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails if anybody really sleeps, huggingface_hub's own retrying above all."""

    def sleep(seconds: float) -> None:
        raise AssertionError(f"slept {seconds} s")

    monkeypatch.setattr(time, "sleep", sleep)


TROUBLES = [
    faults.status(408),
    faults.status(429),
    faults.status(500),
    faults.status(502),
    faults.status(503),
    faults.status(504, body=b"<html>"),
    faults.hang_up(),
    faults.reset(),
    faults.truncated(),
    faults.html(),
]


@pytest.mark.usefixtures("_awake")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_passing_trouble_is_survived(connect: Connect, clock: Any, trouble: Any) -> None:
    with sample(Fault("models", trouble, times=3)) as server:
        hub = connect(server.endpoint)
        assert hub.model("a/one").canonical_id == "a/one"
        assert len(server.requests) == 4
        assert clock.slept == [0.5, 2.0, 8.0]
        server.faults.add(Fault("models", trouble, times=3))
        assert len(list(hub.search({}))) == 3


@pytest.mark.usefixtures("_awake")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_lasting_trouble_is_given_up(connect: Connect, trouble: Any) -> None:
    with sample(Fault("models", trouble, times=None)) as server:
        hub = connect(server.endpoint)
        for call in (lambda: hub.model("a/one"), lambda: list(hub.search({}))):
            server.requests.clear()
            with pytest.raises(HubError, match=r"\(4 tries\)"):
                call()
            assert len(server.requests) == 4


def test_what_cannot_pass_is_not_tried_again(connect: Connect) -> None:
    with sample() as server, pytest.raises(HubError):
        connect(server.endpoint).model("a/none")
    assert len(server.requests) == 1


def test_a_refusal_says_when_to_come_back(connect: Connect, clock: Any) -> None:
    spent = faults.status(429, {"RateLimit": '"api";r=0;t=30'})
    asked = faults.status(503, {"Retry-After": "20"})
    with sample(Fault("one", spent), Fault("one", asked)) as server:
        assert connect(server.endpoint).model("a/one").canonical_id == "a/one"
    assert sum(clock.slept) == pytest.approx(31 + 20)


@pytest.mark.usefixtures("_awake")
def test_a_day_is_not_waited_for(connect: Connect, clock: Any) -> None:
    spent = Fault("models", faults.status(429, {"Retry-After": "86400"}), times=None)
    with sample(spent) as server:
        hub = connect(server.endpoint)
        for call in (lambda: hub.model("a/one"), lambda: list(hub.search({}))):
            with pytest.raises(ThrottledError, match="86,400 s"):
                call()
    assert len(server.requests) == 1, "the second call knows already"
    assert sum(clock.slept) < 1


def test_the_quota_is_kept_without_a_refusal(connect: Connect, clock: Any) -> None:
    with sample(quota={"api": 10}, clock=clock) as server:
        hub = connect(server.endpoint)
        for _ in range(25):
            hub.model("a/one")
    assert {request.status for request in server.requests} == {200}
    assert len(server.requests) == 25
    assert 600 <= clock.now < 700


def test_a_silent_hub_is_given_up(connect: Connect) -> None:
    never = threading.Event()
    limits = Limits(read=0.01, backoff=())
    with (
        sample(Fault("one", faults.held(never))) as server,
        pytest.raises(HubError, match="no answer in time"),
    ):
        connect(server.endpoint, limits=limits).model("a/one")


def test_nobody_there_is_said_so(connect: Connect) -> None:
    with sample() as server:
        endpoint = server.endpoint
    with pytest.raises(HubError, match="no connection"):
        connect(endpoint).model("a/one")


def test_a_dripping_answer_ends_at_the_deadline() -> None:
    """Every byte comes within the read time-out, and the headers never end."""
    gate = threading.Semaphore(0)
    now = [0.0]

    def clock() -> float:
        gate.release()  # one more byte for every look at the clock
        now[0] += 10
        return now[0]

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_drip, args=(listener, gate))
        thread.start()
        endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
        hub = Hub(endpoint, limits=Limits(backoff=()), timing=Timing(clock=clock))
        with hub, pytest.raises(HubError, match="no answer in time"):
            hub.model("a/one")
        thread.join()
    assert now[0] < 300


def _drip(listener: socket.socket, gate: threading.Semaphore) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Endless: ")
        try:
            while gate.acquire(timeout=10):
                connection.sendall(b"x")
        except OSError:
            return  # the client has given up, as it should


def test_whoever_waits_is_woken_when_the_hub_is_closed() -> None:
    session = Session("https://hub.example")
    failures: list[Exception] = []

    def wait() -> None:
        try:
            session.sleep(3600)
        except HubError as error:
            failures.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    session.close()
    thread.join(timeout=60)
    assert [str(error) for error in failures] == ["the connection to the Hub was closed"]


def test_whoever_waits_for_an_answer_is_woken_too(connect: Connect) -> None:
    failures: list[str] = []

    def wait(hub: Hub) -> None:
        try:
            hub.model("a/one")
        except HubError as error:
            failures.append(str(error))

    arrived, never = threading.Event(), threading.Event()

    def held(ask: Any, reply: Any) -> Any:
        arrived.set()
        return faults.held(never)(ask, reply)

    with sample(Fault("one", held, times=None)) as server:
        hub = connect(server.endpoint, limits=Limits(read=3600))
        thread = threading.Thread(target=wait, args=(hub,))
        thread.start()
        arrived.wait(timeout=60)
        hub.close()
        thread.join(timeout=20)
        assert not thread.is_alive()
    assert failures == ["the connection to the Hub was closed"]


def test_a_closed_hub_asks_no_more(connect: Connect) -> None:
    with sample() as server:
        session = Session(server.endpoint)
        with transport.Client(session) as client:
            session.close()
            with pytest.raises(HubError, match="closed"):
                client.get(f"{server.endpoint}/api/models/a/one")
    assert server.requests == []


# In the process


def test_huggingface_hub_gets_its_own_client_back(connect: Connect) -> None:
    with sample() as server:
        hub = connect(server.endpoint)
        assert isinstance(huggingface_hub.get_session(), transport.Client)
        hub.close()
        assert type(huggingface_hub.get_session()) is httpx2.Client
        huggingface_hub.close_session()


def test_closing_an_older_hub_leaves_the_newer_one(connect: Connect) -> None:
    with sample() as first, sample() as second:
        older, newer = connect(first.endpoint), connect(second.endpoint)
        older.close()
        assert newer.model("a/one").canonical_id == "a/one"
    assert len(second.requests) == 1


def test_offline_is_offline(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with sample() as server, pytest.raises(HubError, match="HF_HUB_OFFLINE"):
        connect(server.endpoint).model("a/one")
    assert server.requests == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/models/a/one", "api"),
        ("/a/one/resolve/main/README.md", "resolvers"),
        ("/api/resolve-cache/models/a/one/0/README.md", "resolvers"),
        ("/a/one/raw/main/README.md", "pages"),
    ],
)
def test_urls_are_counted_by_kind(path: str, kind: str) -> None:
    assert kind_of(path) == kind
    session = Session("https://mirror.example/hub")
    assert session.kind(httpx2.URL(f"https://mirror.example/hub{path}")) == kind
