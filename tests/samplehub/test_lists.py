"""``list_models`` of the real client against the sample Hub."""

from __future__ import annotations

from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import BadRequestError
from huggingface_hub.hf_api import ExpandModelProperty_T

from curation.samplehub import fields
from curation.samplehub.server import SampleHub, SampleModel

MODELS = [
    SampleModel.of("a/one", downloads=5, likes=1, pipeline_tag="fill-mask", tags=["en", "bert"]),
    SampleModel.of("a/two", downloads=9, likes=1, library_name="timm", gated="auto"),
    SampleModel.of("b/three", downloads=9, likes=3, tags=["en"], config={"model_type": "bert"}),
    SampleModel.of("four", downloads=1, likes=0, usedStorage=7),
    SampleModel.of("b/secret", downloads=100, private=True),
]


def ids(hub: SampleHub, **query: Any) -> list[str]:
    return [model.id for model in HfApi(hub.endpoint, token=False).list_models(**query)]


def test_all_public_models_are_listed() -> None:
    with SampleHub(MODELS) as hub:
        assert sorted(ids(hub)) == ["a/one", "a/two", "b/three", "four"]


def test_private_models_are_listed_for_those_who_may_see_them() -> None:
    with SampleHub(MODELS, tokens={"hf_insider": ["b/secret"], "hf_other": []}) as hub:
        insider = HfApi(hub.endpoint, token="hf_insider").list_models(author="b")
        other = HfApi(hub.endpoint, token="hf_other").list_models(author="b")
        assert {model.id for model in insider} == {"b/three", "b/secret"}
        assert {model.id for model in other} == {"b/three"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"author": "a"}, ["a/one", "a/two"]),
        ({"search": "THREE"}, ["b/three"]),
        ({"filter": "en"}, ["a/one", "b/three"]),
        ({"filter": ["en", "bert"]}, ["a/one"]),
        ({"filter": "timm"}, ["a/two"]),
        ({"pipeline_tag": "fill-mask"}, ["a/one"]),
        ({"gated": True}, ["a/two"]),
        ({"gated": False}, ["a/one", "b/three", "four"]),
    ],
)
def test_filters_narrow_the_list(query: dict[str, Any], expected: list[str]) -> None:
    with SampleHub(MODELS) as hub:
        assert sorted(ids(hub, **query)) == expected


@pytest.mark.parametrize("page_size", [1, 2, 3, 1000])
def test_pages_neither_repeat_nor_lose_a_model(page_size: int) -> None:
    with SampleHub(MODELS, page_size=page_size) as hub:
        assert ids(hub, sort="downloads") == ["a/two", "b/three", "a/one", "four"]
        assert len(hub.requests) == -(-4 // page_size)


def test_a_list_can_be_limited() -> None:
    with SampleHub(MODELS, page_size=1) as hub:
        assert ids(hub, sort="likes", limit=2) == ["b/three", "a/one"]


def test_the_next_page_keeps_the_query() -> None:
    with SampleHub(MODELS, page_size=1) as hub:
        ids(hub, author="a", expand=["sha", "likes"])
        query = parse_qs(urlsplit(hub.requests[-1].path).query)
    assert query["author"] == ["a"]
    assert query["expand"] == ["sha", "likes"]
    assert "cursor" in query


def test_a_list_holds_few_fields_unless_asked_for_more() -> None:
    with SampleHub(MODELS) as hub:
        api = HfApi(hub.endpoint, token=False)
        (plain,) = api.list_models(search="three")
        (full,) = api.list_models(search="three", full=True, fetch_config=True)
    assert (plain.sha, plain.siblings, plain.config) == (None, None, None)
    assert full.sha == MODELS[2].sha
    assert full.siblings is not None
    assert [file.rfilename for file in full.siblings] == [".gitattributes", "README.md"]
    assert full.config == {"model_type": "bert"}


def test_an_expanded_list_holds_just_what_was_expanded() -> None:
    with SampleHub(MODELS) as hub:
        (model,) = HfApi(hub.endpoint, token=False).list_models(search="one", expand=["likes"])
    assert (model.likes, model.downloads, model.tags) == (1, None, None)


def test_expand_takes_the_values_that_the_client_knows() -> None:
    assert sorted(fields.EXPANDABLE) == sorted(get_args(ExpandModelProperty_T))


@pytest.mark.parametrize("name", ["baseModels", "childrenModelCount", "usedStorage", "nonsense"])
def test_a_list_refuses_what_cannot_be_expanded_in_lists(name: Any) -> None:
    with SampleHub(MODELS) as hub, pytest.raises(BadRequestError, match="expand"):
        ids(hub, expand=[name])


@pytest.mark.parametrize(
    "query", ["sort=age", "limit=0", "limit=x", "cursor=x", "expand=sha&full=true"]
)
def test_a_senseless_query_is_refused(query: str) -> None:
    with SampleHub(MODELS) as hub:
        assert httpx2.get(f"{hub.endpoint}/api/models?{query}").status_code == 400


def test_expand_may_be_spelt_with_brackets() -> None:
    with SampleHub(MODELS) as hub:
        (item,) = httpx2.get(f"{hub.endpoint}/api/models?search=four&expand[]=likes").json()
    assert set(item) == {"_id", "id", "likes"}
