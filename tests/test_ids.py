from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import ids
from curation.errors import IdError

PART = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,20}[A-Za-z0-9])?", fullmatch=True)


@pytest.mark.parametrize(
    "model_id",
    ["gpt2", "google-bert/bert-large-uncased", "a/b.c", "a/b--c", "glasses/resnet18.git", "_a/_b"],
)
def test_what_may_name_a_model(model_id: str) -> None:
    assert ids.check(model_id) == model_id


@pytest.mark.parametrize(
    "model_id",
    ["", "a/b/c", "../x", "a/..", "a..b", "a/.b", "a\\b", "a/b\n", "a/b\x00", "a b", "é", "/a",
     "a/", "a/b.", "-a", "a" * 300, "a/" + "b" * 300, None, 3],
)  # fmt: skip
def test_what_may_not(model_id: object) -> None:
    assert ids.refusal(model_id)
    with pytest.raises(IdError, match="not a model id") as caught:
        ids.check(model_id)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@given(st.one_of(PART, st.tuples(PART, PART).map("/".join)))
def test_an_id_and_its_path_are_one(model_id: str) -> None:
    path = ids.relative_path(model_id, ".json")
    assert ids.from_path(path, ".json") == model_id
    assert not path.is_absolute()


@given(st.text(max_size=60))
def test_no_accepted_id_leaves_its_folder(text: str) -> None:
    if ids.refusal(text) is None:
        assert ".." not in PurePosixPath(text).parts
        assert text.isascii()
        assert text.isprintable()


@pytest.mark.parametrize(
    ("model_id", "refused"),
    [("a/b", False), ("a/" + "b" * 96, False), ("a/" + "b" * 97, True), ("a/b--c", True),
     ("a/b.git", True)],
)  # fmt: skip
def test_what_todays_client_refuses(model_id: str, refused: bool) -> None:
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id

    assert ids.client_refuses(model_id) is refused
    if refused:
        with pytest.raises(HFValidationError):
            validate_repo_id(model_id)
    else:
        validate_repo_id(model_id)


def test_long_text_is_cut_for_messages() -> None:
    assert ids.clip("a" * 100, 10) == "a" * 9 + "…"
    assert ids.clip("short") == "short"
