from __future__ import annotations

from pathlib import Path

import pytest

from curation.errors import InputError
from curation.store import settings


def test_what_is_left_out_has_the_default_that_is_safe(tmp_path: Path) -> None:
    (tmp_path / "catalog.toml").write_text('name = "mine"\nversion = "1.2.0"\n')
    found = settings.read(tmp_path)
    assert found.sync.endpoint == "https://huggingface.co"
    assert found.sync.allow_gated is False
    assert found.packs == {}


def test_everything_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "catalog.toml").write_text(
        """
        name = "mine"
        version = "1.2.0-rc.1"
        packs = {tasks = "1.0.0"}
        [sync]
        endpoint = "http://127.0.0.1:8080"
        allow_gated = true
        downloads_ratio = 0
        [[sync.queries]]
        task = "fill-mask"
        exclude = ["org/*"]
        [policy]
        max_checked_days = 7
        """
    )
    found = settings.read(tmp_path)
    assert found.packs == {"tasks": "1.0.0"}
    assert found.sync.queries[0].exclude == ("org/*",)
    assert found.policy.max_checked_days == 7


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "mine"', "missing required field `version`"),
        ('name = "My models"\nversion = "1.0.0"', "name: expected `str` matching regex"),
        ('name = "a"\nversion = "1"', "version: expected `str` matching"),
        ('name = "a"\nversion = "1.0.0"\n[sync]\nallow_gated = "yes"', "sync.allow_gated:"),
        ('name = "a"\nversion = "1.0.0"\n[sync]\nendpoint = "ftp://x"', "sync.endpoint:"),
        ('name = "a"\nversion = "1.0.0"\n[polcy]', "unknown field `polcy`"),
        ('name = "a"\nversion = ', r"catalog\.toml:2: not TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "catalog.toml").write_text(text)
    with pytest.raises(InputError, match=message):
        settings.read(tmp_path)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing") as caught:
        settings.read(tmp_path)
    assert caught.value.hint == "run 'curate init' to make one"
