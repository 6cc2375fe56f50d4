"""Info and files of one repository, through the real client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import (
    BadRequestError,
    DisabledRepoError,
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from curation.samplehub.server import SampleHub, SampleModel

CARD = "---\nlicense: mit\n---\n# One\n"
ONE = SampleModel.of(
    "a/one", card=CARD, downloads=5, usedStorage=9, baseModels={"models": [], "relation": "merge"}
)
TOKENS = {"hf_insider": ["a/private", "a/gated"], "hf_other": []}
MODELS = [
    ONE,
    SampleModel.of("a/private", private=True),
    SampleModel.of("a/gated", gated="manual"),
    SampleModel.of("a/disabled", disabled=True),
    SampleModel.of("a/cardless", card=None),
]


def api(hub: SampleHub, token: str | bool = False) -> HfApi:
    return HfApi(hub.endpoint, token=token)


def test_info_is_the_whole_payload() -> None:
    with SampleHub(MODELS) as hub:
        model = api(hub).model_info("a/one")
    assert (model.id, model.sha, model.downloads, model.used_storage) == ("a/one", ONE.sha, 5, 9)
    assert model.base_models is None
    assert model.siblings is not None
    assert [(file.rfilename, file.size) for file in model.siblings] == [
        (".gitattributes", None),
        ("README.md", None),
    ]


def test_sizes_come_when_asked_for() -> None:
    with SampleHub(MODELS) as hub:
        files = api(hub).model_info("a/one", files_metadata=True).siblings
    assert files is not None
    assert [(file.rfilename, file.size) for file in files] == [
        (".gitattributes", 1519),
        ("README.md", len(CARD)),
    ]


def test_info_can_be_expanded() -> None:
    with SampleHub(MODELS) as hub:
        model = api(hub).model_info("a/one", expand=["baseModels", "usedStorage"])
    assert model.base_models == {"models": [], "relation": "merge"}
    assert (model.used_storage, model.downloads) == (9, None)


def test_sizes_and_expand_exclude_each_other() -> None:
    with SampleHub(MODELS) as hub:
        url = f"{hub.endpoint}/api/models/a/one?blobs=true&expand=sha"
        assert httpx2.get(url).status_code == 400


def test_an_unknown_expand_is_refused() -> None:
    names: Any = ["nonsense"]
    with SampleHub(MODELS) as hub, pytest.raises(BadRequestError, match="expand"):
        api(hub).model_info("a/one", expand=names)


def test_a_card_is_downloaded(tmp_path: Path) -> None:
    with SampleHub(MODELS) as hub:
        path = api(hub).hf_hub_download("a/one", "README.md", cache_dir=tmp_path)
    assert Path(path).read_text() == CARD
    assert ONE.sha in path


def test_an_older_commit_stays_available(tmp_path: Path) -> None:
    with SampleHub(MODELS) as hub:
        sha = hub.shelf.push("a/one", card="# New\n")
        assert api(hub).model_info("a/one").sha == sha
        assert api(hub).model_info("a/one", revision=ONE.sha).sha == ONE.sha
        old, new = (
            api(hub).hf_hub_download("a/one", "README.md", revision=rev, cache_dir=tmp_path)
            for rev in (ONE.sha, "main")
        )
    assert (Path(old).read_text(), Path(new).read_text()) == (CARD, "# New\n")


def test_a_forgotten_commit_is_gone() -> None:
    with SampleHub(MODELS) as hub:
        hub.shelf.push("a/one", forget=True)
        with pytest.raises(RevisionNotFoundError):
            api(hub).model_info("a/one", revision=ONE.sha)


def test_a_known_file_is_not_sent_again() -> None:
    with SampleHub(MODELS) as hub:
        url = f"{hub.endpoint}/a/one/resolve/main/README.md"
        first = httpx2.head(url)
        again = httpx2.get(url, headers={"if-none-match": first.headers["etag"]})
        raw = httpx2.get(f"{hub.endpoint}/a/one/raw/main/README.md")
    assert (first.headers["x-repo-commit"], first.content) == (ONE.sha, b"")
    assert first.headers["content-length"] == str(len(CARD))
    assert (again.status_code, again.content) == (304, b"")
    assert raw.text == CARD


@pytest.mark.parametrize("name", ["a/cardless", "a/one"])
def test_an_absent_file_is_an_absent_entry(name: str, tmp_path: Path) -> None:
    absent = "README.md" if name == "a/cardless" else "no/such.txt"
    with SampleHub(MODELS) as hub, pytest.raises(EntryNotFoundError):
        api(hub).hf_hub_download(name, absent, cache_dir=tmp_path)


def test_a_renamed_model_redirects(tmp_path: Path) -> None:
    with SampleHub(MODELS) as hub:
        hub.shelf.rename("a/one", "b/uno")
        model = api(hub).model_info("a/one", files_metadata=True)
        path = api(hub).hf_hub_download("a/one", "README.md", cache_dir=tmp_path)
        assert [request.status for request in hub.requests[:2]] == [307, 200]
    assert (model.id, model.author, model.sha) == ("b/uno", "b", ONE.sha)
    assert Path(path).read_text() == CARD


@pytest.mark.parametrize("name", ["a/none", "a/private"])
def test_missing_and_private_look_alike(name: str) -> None:
    with SampleHub(MODELS, tokens=TOKENS) as hub:
        for token, status in ((False, 401), ("hf_other", 404)):
            with pytest.raises(RepositoryNotFoundError) as caught:
                api(hub, token).model_info(name)
            assert caught.value.response.status_code == status
            assert not isinstance(caught.value, GatedRepoError)


def test_a_private_model_opens_to_those_who_may_see_it() -> None:
    with SampleHub(MODELS, tokens=TOKENS) as hub:
        assert api(hub, "hf_insider").model_info("a/private").private is True


def test_a_gated_model_shows_its_facts_but_not_its_files(tmp_path: Path) -> None:
    with SampleHub(MODELS, tokens=TOKENS) as hub:
        assert api(hub).model_info("a/gated").gated == "manual"
        for token, status in ((False, 401), ("hf_other", 403)):
            with pytest.raises(GatedRepoError) as caught:
                api(hub, token).hf_hub_download("a/gated", "README.md", cache_dir=tmp_path)
            assert caught.value.response.status_code == status
        assert api(hub, "hf_insider").hf_hub_download("a/gated", "README.md", cache_dir=tmp_path)


def test_a_disabled_model_says_so() -> None:
    with SampleHub(MODELS) as hub, pytest.raises(DisabledRepoError):
        api(hub).model_info("a/disabled")


def test_whoami_knows_its_tokens() -> None:
    with SampleHub(MODELS, tokens=TOKENS) as hub:
        assert api(hub, "hf_insider").whoami()["name"] == "sample-user"
        with pytest.raises(HfHubHTTPError, match="Invalid user token"):
            api(hub, "hf_stranger").whoami()
