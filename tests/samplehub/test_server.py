"""The server itself: quota, log, faults, and what it ships."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import httpx2
import pytest
from huggingface_hub import HfApi
from huggingface_hub.utils import parse_ratelimit_headers

from curation.errors import InputError
from curation.samplehub import faults
from curation.samplehub.faults import Fault
from curation.samplehub.quota import Meter
from curation.samplehub.server import SampleHub, SampleModel, load_models
from curation.samplehub.wire import Ask

MODELS = [SampleModel.of("a/one", card="# One\n" * 50), SampleModel.of("a/two")]


def test_every_answer_says_what_is_left() -> None:
    with SampleHub(MODELS) as hub:
        api = httpx2.get(f"{hub.endpoint}/api/models/a/one")
        httpx2.get(f"{hub.endpoint}/a/one/resolve/main/README.md")
        file = httpx2.get(f"{hub.endpoint}/a/none/resolve/main/README.md")
    said = parse_ratelimit_headers(api.headers)
    assert said is not None
    assert (said.resource_type, said.remaining, said.limit) == ("api", 499, 500)
    assert said.window_seconds == 300
    said = parse_ratelimit_headers(file.headers)
    assert said is not None
    assert (said.resource_type, said.remaining, said.limit) == ("resolvers", 2998, 3000)
    assert api.headers["x-request-id"] != file.headers["x-request-id"]


def test_a_spent_quota_is_refused_until_the_window_ends() -> None:
    now = [0.0]
    meter = Meter({"api": 2}, clock=lambda: now[0])
    ask = Ask("GET", "/api/models", {}, "http://hub")
    assert [meter.count(ask)[1] for _ in range(2)] == [None, None]
    headers, refusal = meter.count(ask)
    assert refusal is not None
    assert refusal.status == 429
    assert headers["RateLimit"] == '"api";r=0;t=300'
    now[0] = 300.0
    assert meter.count(ask)[1] is None


def test_tokens_are_counted_apart_and_have_more() -> None:
    with SampleHub(MODELS, tokens={"hf_t": []}) as hub:
        url = f"{hub.endpoint}/api/models/a/one"
        httpx2.get(url)
        known = httpx2.get(url, headers={"authorization": "Bearer hf_t"})
    assert known.headers["ratelimit"].startswith('"api";r=999;')


def test_the_log_tells_of_a_token_without_keeping_it() -> None:
    with SampleHub(MODELS, tokens={"hf_secret": []}) as hub:
        HfApi(hub.endpoint, token="hf_secret").model_info("a/one")
        HfApi(hub.endpoint, token=False).model_info("a/two")
    assert [(r.method, r.path, r.token, r.status) for r in hub.requests] == [
        ("GET", "/api/models/a/one", True, 200),
        ("GET", "/api/models/a/two", False, 200),
    ]
    assert "hf_secret" not in repr(hub.requests)


def test_an_unknown_token_is_refused() -> None:
    with SampleHub(MODELS) as hub:
        answer = httpx2.get(
            f"{hub.endpoint}/api/models/a/one", headers={"authorization": "Bearer hf_x"}
        )
    assert answer.status_code == 401
    assert answer.headers["x-error-message"] == "Invalid credentials in Authorization header"


def test_counts_change_without_a_commit() -> None:
    with SampleHub(MODELS) as hub:
        api = HfApi(hub.endpoint, token=False)
        before = api.model_info("a/one")
        hub.shelf.set("a/one", downloads=77)
        after = api.model_info("a/one")
    assert (before.downloads, after.downloads) == (0, 77)
    assert before.sha == after.sha


def test_a_connection_is_kept_alive() -> None:
    with SampleHub(MODELS) as hub, httpx2.Client() as client:
        for _ in range(3):
            stream = client.get(f"{hub.endpoint}/api/models/a/one").extensions["network_stream"]
            port = stream.get_extra_info("client_addr")
        answer = client.get(f"{hub.endpoint}/a/one/resolve/main/README.md")
        last = answer.extensions["network_stream"].get_extra_info("client_addr")
    assert last == port


def test_a_fault_strikes_as_often_as_it_should_and_where_it_should() -> None:
    two = Fault("/api/models/a/one", faults.status(503, {"Retry-After": "1"}), times=2)
    with SampleHub(MODELS, faults=[two]) as hub:
        url = f"{hub.endpoint}/api/models/a/"
        assert httpx2.get(url + "two").status_code == 200
        assert [httpx2.get(url + "one").status_code for _ in range(3)] == [503, 503, 200]
        assert [request.status for request in hub.requests] == [200, 503, 503, 200]


def test_faults_spoil_answers() -> None:
    with SampleHub(MODELS) as hub:
        url = f"{hub.endpoint}/api/models/a/one"
        whole = httpx2.get(url).content
        hub.faults.add(
            Fault("one", faults.truncated()),
            Fault("one", faults.html()),
            Fault("one", faults.redirect("https://elsewhere.example/")),
            Fault("one", faults.oversized(3000)),
            Fault("one", faults.next_page("https://elsewhere.example/next")),
            Fault("one", faults.next_page()),
        )
        cut, html, moved, large, link, again = (httpx2.get(url) for _ in range(6))
    assert cut.content == whole[: len(whole) // 2]
    assert html.text.startswith("<!doctype html>")
    assert moved.headers["location"] == "https://elsewhere.example/"
    assert len(large.content) == len(whole) + 3000
    assert "content-length" not in large.headers
    assert link.links["next"]["url"] == "https://elsewhere.example/next"
    assert again.links["next"]["url"] == url


@pytest.mark.parametrize("action", [faults.hang_up(), faults.reset()])
def test_faults_break_connections(action: faults.Action) -> None:
    with SampleHub(MODELS, faults=[Fault("one", action)]) as hub:
        url = f"{hub.endpoint}/api/models/a/one"
        with pytest.raises((httpx2.NetworkError, httpx2.RemoteProtocolError)):
            httpx2.get(url)
        assert httpx2.get(url).status_code == 200


def test_a_held_answer_comes_when_it_may() -> None:
    gate = threading.Event()
    with SampleHub(MODELS, faults=[Fault("one", faults.held(gate))]) as hub:
        url = f"{hub.endpoint}/api/models/a/one"
        with pytest.raises(httpx2.ReadTimeout):
            httpx2.get(url, timeout=0.01)
        gate.set()
        assert httpx2.get(url).status_code == 200


def test_something_may_happen_meanwhile() -> None:
    with SampleHub(MODELS) as hub:
        gone = faults.meanwhile(lambda: hub.shelf.remove("a/one"))
        hub.faults.add(Fault("one", gone))
        url = f"{hub.endpoint}/api/models/a/one"
        assert [httpx2.get(url).status_code for _ in range(2)] == [200, 401]


def test_a_large_answer_is_packed_for_those_who_take_it() -> None:
    with SampleHub([SampleModel.of(f"a/m{n}") for n in range(50)]) as hub:
        url = f"{hub.endpoint}/api/models"
        packed = httpx2.get(url)
        plain = httpx2.get(url, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_a_page_that_is_none_is_not_found() -> None:
    with SampleHub(MODELS) as hub:
        assert httpx2.get(f"{hub.endpoint}/nowhere/to/go").status_code == 404


def test_models_are_read_from_a_folder(tmp_path: Path) -> None:
    payload = SampleModel.of("a/one").payload
    (tmp_path / "models.jsonl").write_text(json.dumps(payload) + "\n")
    (tmp_path / "renamed.json").write_text('{"uno": "a/one"}')
    (tmp_path / "cards" / "a").mkdir(parents=True)
    (tmp_path / "cards" / "a" / "one.md").write_text("# Uno\n")
    (model,) = load_models(tmp_path)
    assert (model.id, model.card, model.renamed_from) == ("a/one", "# Uno\n", ("uno",))


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"id": "../x"}'])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "models.jsonl").write_text(line)
    (tmp_path / "renamed.json").write_text("{}")
    with pytest.raises(InputError, match=r"models\.jsonl:1: "):
        load_models(tmp_path)


def test_the_shipped_models_are_served() -> None:
    models = load_models()
    with SampleHub(models) as hub:
        api = HfApi(hub.endpoint, token=False)
        assert {model.id for model in api.list_models()} == {model.id for model in models}
        for model in models:
            assert api.model_info(model.id, files_metadata=True).sha == model.sha
        assert api.model_info("gpt2").id == "openai-community/gpt2"
