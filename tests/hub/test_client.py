"""Facts, lists and cards, and what is said when there are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from curation.errors import (
    CurateError,
    GatedError,
    HubError,
    IdError,
    NotFoundError,
    UnreachableError,
    UntrustedError,
)
from curation.hub.client import EXPAND, Hub
from curation.records import File
from curation.samplehub import faults
from curation.samplehub.faults import Fault
from curation.samplehub.fields import EXPANDABLE, NOT_IN_LISTS
from curation.samplehub.server import SampleHub, SampleModel

Connect = Callable[..., Hub]

TOKENS = {"hf_insider": ["a/private", "a/gated"], "hf_other": []}
ONE = SampleModel.of(
    "a/one",
    card="# One\n",
    downloads=5,
    likes=2,
    pipeline_tag="fill-mask",
    library_name="timm",
    lastModified="2024-05-06T07:08:09.000Z",
    tags=["license:mit", "base_model:a/base", "base_model:finetune:a/base"],
    safetensors={"parameters": {"F32": 7}, "total": 7},
)
MODELS = [
    ONE,
    SampleModel.of("a/private", private=True),
    SampleModel.of("a/gated", gated="manual"),
    SampleModel.of("a/disabled", disabled=True),
    SampleModel.of("a/cardless", card=None),
]


def sample(*spoilt: Fault, models: list[SampleModel] = MODELS, **options: Any) -> SampleHub:
    return SampleHub(models, faults=spoilt, tokens=TOKENS, **options)


def test_a_model_has_facts(connect: Connect) -> None:
    with sample() as server:
        answer = connect(server.endpoint).model("a/one")
    facts = answer.facts
    assert (answer.canonical_id, answer.downloads, answer.likes) == ("a/one", 5, 2)
    assert (facts.source, facts.revision) == (server.endpoint, ONE.sha)
    assert facts.read_at == "2026-09-21T14:13:20Z"
    assert (facts.task, facts.library, facts.license) == ("fill-mask", "timm", "mit")
    assert facts.modified == "2024-05-06T07:08:09Z"
    assert [(base.id, base.relation) for base in facts.base_models] == [("a/base", "finetune")]
    assert (facts.parameters, facts.parameters_total) == ({"F32": 7}, 7)
    assert facts.files == (File(path=".gitattributes", size=1519), File(path="README.md", size=6))
    assert len(server.requests) == 1


def test_a_renamed_model_answers_under_its_new_id(connect: Connect) -> None:
    with sample() as server:
        server.shelf.rename("a/one", "b/uno")
        hub = connect(server.endpoint)
        assert hub.model("a/one").canonical_id == "b/uno"
        assert hub.card("a/one", ONE.sha) == "# One\n"


def test_a_legacy_id_is_an_id(connect: Connect) -> None:
    with sample(models=[SampleModel.of("gpt2")]) as server:
        assert connect(server.endpoint).model("gpt2").canonical_id == "gpt2"


@pytest.mark.parametrize(
    ("name", "token", "kind", "words"),
    [
        ("a/none", None, UnreachableError, "gone or private"),
        ("a/private", None, UnreachableError, "gone or private"),
        ("a/none", "hf_other", NotFoundError, "not on the Hub"),
        ("a/private", "hf_other", NotFoundError, "not on the Hub"),
        ("a/disabled", None, UnreachableError, "disabled"),
        ("a/one", "hf_stranger", HubError, "refuses the token"),
    ],
)
def test_a_missing_model_is_said_in_one_line(
    connect: Connect, name: str, token: str | None, kind: type[CurateError], words: str
) -> None:
    with sample() as server, pytest.raises(kind, match=words) as caught:
        connect(server.endpoint, token).model(name)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("gated", ["auto", "manual"])
@pytest.mark.parametrize("token", [None, "hf_other"])
def test_a_gated_card_is_said_to_be_gated(connect: Connect, gated: str, token: str | None) -> None:
    with sample() as server:
        server.shelf.set("a/gated", gated=gated)
        hub = connect(server.endpoint, token)
        answer = hub.model("a/gated")
        assert answer.facts.gated == gated
        with pytest.raises(GatedError, match="accepted terms"):
            hub.card("a/gated", str(answer.facts.revision))


def test_a_gated_card_opens_with_the_right_token(connect: Connect) -> None:
    with sample() as server:
        assert connect(server.endpoint, "hf_insider").card("a/gated", "main") is not None


@pytest.mark.parametrize(
    "name",
    [
        "a/" + "x" * 97,
        "a/b--c",
        "a/b.git",
        "../x",
        "a/../b",
        "a\\b",
        "a/b\n",
        "",
        "x" * 300,
        "a/b/c",
    ],
)
def test_an_id_that_cannot_be_asked_for_is_not_asked_for(connect: Connect, name: str) -> None:
    with sample() as server:
        hub = connect(server.endpoint)
        with pytest.raises(IdError):
            hub.model(name)
        with pytest.raises(IdError):
            hub.card(name, ONE.sha)
    assert server.requests == []


# What huggingface_hub's own types choke on, while ours do not.
ODD: list[dict[str, Any]] = [
    {"safetensors": {"parameters": {"F32": 7}}},
    {"siblings": [{"size": 3}]},
    {"inferenceProviderMapping": 3},
    {"lastModified": "yesterday"},
    {"transformersInfo": {"unheard_of": 1}},
    {"siblings": 7, "tags": "no list"},
]


@pytest.mark.parametrize("fields", ODD)
def test_an_odd_answer_is_read_as_far_as_it_goes(connect: Connect, fields: dict[str, Any]) -> None:
    with sample(models=[SampleModel.of("a/odd")]) as server:
        payload = {**SampleModel.of("a/odd").payload, **fields}
        server.faults.add(Fault("odd", faults.body(json.dumps(payload).encode())))
        answer = connect(server.endpoint).model("a/odd")
    assert answer.facts.revision == SampleModel.of("a/odd").sha
    assert len(answer.flaws) <= 20


@pytest.mark.parametrize("body", [b"[]", b"3", b"{}", b'{"id": "../x"}', b'{"id": 7}', b"null"])
def test_an_answer_that_is_no_model_is_not_trusted(connect: Connect, body: bytes) -> None:
    with sample(Fault("one", faults.body(body))) as server, pytest.raises(UntrustedError):
        connect(server.endpoint).model("a/one")


# Cards


def test_a_card_is_read_at_its_revision(connect: Connect) -> None:
    with sample() as server:
        sha = server.shelf.push("a/one", card="# New\n")
        hub = connect(server.endpoint)
        assert (hub.card("a/one", ONE.sha), hub.card("a/one", sha)) == ("# One\n", "# New\n")
    assert len(server.requests) == 2


def test_no_card_is_none(connect: Connect) -> None:
    with sample() as server:
        assert connect(server.endpoint).card("a/cardless", "main") is None


def test_an_unknown_revision_is_not_found(connect: Connect) -> None:
    with sample() as server, pytest.raises(NotFoundError, match="revision"):
        connect(server.endpoint).card("a/one", "0" * 40)


def test_a_card_that_is_not_utf_8_is_a_card(connect: Connect) -> None:
    with sample(Fault("README", faults.body(b"caf\xe9"))) as server:
        assert connect(server.endpoint).card("a/one", ONE.sha) == "caf\ufffd"


def test_a_card_of_another_commit_is_not_trusted(connect: Connect) -> None:
    other = Fault("README", faults.header("X-Repo-Commit", "1" * 40))
    with sample(other) as server, pytest.raises(UntrustedError, match="another commit"):
        connect(server.endpoint).card("a/one", ONE.sha)


def test_a_card_may_come_from_the_hubs_own_cache(connect: Connect) -> None:
    moved = faults.redirect(f"/api/resolve-cache/models/a/one/{ONE.sha}/README.md")
    with sample(Fault("/resolve/", moved), Fault("cache", faults.body(b"# One"))) as server:
        assert connect(server.endpoint).card("a/one", ONE.sha) == "# One"


# Lists


def test_a_list_has_facts(connect: Connect) -> None:
    with sample() as server:
        (answer,) = connect(server.endpoint).search({"search": "one"})
    assert (answer.canonical_id, answer.downloads, answer.likes) == ("a/one", 5, 2)
    assert (answer.facts.revision, answer.facts.license) == (ONE.sha, "mit")
    assert [file.size for file in answer.facts.files] == [None, None]


def test_a_list_asks_only_for_what_lists_give() -> None:
    assert set(EXPAND) <= set(EXPANDABLE) - NOT_IN_LISTS


@pytest.mark.parametrize("page_size", [1, 2, 100])
def test_a_list_spans_pages(connect: Connect, page_size: int) -> None:
    models = [SampleModel.of(f"a/m{n}", likes=n) for n in range(7)]
    with sample(models=models, page_size=page_size) as server:
        answers = list(connect(server.endpoint).search({"sort": "likes"}))
    assert [answer.likes for answer in answers] == [6, 5, 4, 3, 2, 1, 0]
    assert [answer.canonical_id for answer in answers] == [f"a/m{n}" for n in range(6, -1, -1)]


def test_an_empty_page_in_between_is_passed_over(connect: Connect) -> None:
    def emptied(ask: Any, reply: Any) -> Any:
        reply.body = b"[]"
        return reply

    models = [SampleModel.of(f"a/m{n}", likes=n) for n in range(3)]
    with sample(Fault("cursor", emptied), models=models, page_size=1) as server:
        answers = list(connect(server.endpoint).search({"sort": "likes"}))
    assert [answer.likes for answer in answers] == [2, 0]


def test_a_list_narrows(connect: Connect) -> None:
    with sample() as server:
        hub = connect(server.endpoint)
        assert [a.canonical_id for a in hub.search({"pipeline_tag": "fill-mask"})] == ["a/one"]
        assert [a.canonical_id for a in hub.search({"filter": "timm", "author": "a"})] == ["a/one"]
        assert list(hub.search({"author": "nobody"})) == []


def test_an_item_that_cannot_be_read_does_not_cost_the_list(connect: Connect) -> None:
    body = b'[3, [], {"id": "../x"}, {"id": "a/x", "siblings": [{}]}]'
    with sample(Fault("models", faults.body(body))) as server:
        assert [a.canonical_id for a in connect(server.endpoint).search({})] == ["a/x"]


@pytest.mark.parametrize("body", [b"{}", b"3", b"null"])
def test_a_list_of_another_shape_is_not_trusted(connect: Connect, body: bytes) -> None:
    with (
        sample(Fault("models", faults.body(body))) as server,
        pytest.raises(UntrustedError, match="a list of models"),
    ):
        list(connect(server.endpoint).search({}))


def test_two_lists_may_be_read_side_by_side(connect: Connect) -> None:
    models = [SampleModel.of(f"a/m{n}", likes=n) for n in range(4)]
    with sample(models=models, page_size=1) as server:
        hub = connect(server.endpoint)
        pairs = list(zip(hub.search({"sort": "likes"}), hub.search({"sort": "likes"}), strict=True))
    assert [one.likes for one, _ in pairs] == [other.likes for _, other in pairs] == [3, 2, 1, 0]
