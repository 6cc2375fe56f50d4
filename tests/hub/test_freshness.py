"""Counts are written down when they moved, or when the last look is old."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from curation.hub.freshness import noted
from curation.store.popularity import Popularity
from curation.store.settings import Policy, Settings, Sync

SETTINGS = Settings(
    name="c",
    version="1.0.0",
    sync=Sync(downloads_ratio=0.1, likes_ratio=0.5),
    policy=Policy(max_checked_days=30),
)
OLD = Popularity(downloads=1000, likes=10, checked="2026-11-01T00:00:00Z")


@pytest.mark.parametrize(
    ("downloads", "likes", "checked", "written"),
    [
        (1000, 10, "2026-11-02T00:00:00Z", False),
        (1100, 15, "2026-11-15T23:59:59Z", False),
        (900, 5, "2026-11-02T00:00:00Z", False),
        (1101, 10, "2026-11-02T00:00:00Z", True),
        (899, 10, "2026-11-02T00:00:00Z", True),
        (1000, 16, "2026-11-02T00:00:00Z", True),
        (None, 10, "2026-11-02T00:00:00Z", True),
        (1000, 10, "2026-11-16T00:00:00Z", True),
        (1000, 10, "2026-10-31T23:30:00Z", False),  # two machines' clocks
        (1000, 10, "2026-10-31T22:00:00Z", True),  # a clock was wrong
    ],
)
def test_a_look_is_noted_when_it_says_something(
    downloads: int | None, likes: int, checked: str, written: bool
) -> None:
    new = Popularity(downloads=downloads, likes=likes, checked=checked)
    assert noted(OLD, new, SETTINGS) is (new if written else OLD)


def test_the_first_look_is_noted() -> None:
    for old in (None, Popularity()):
        assert noted(old, OLD, SETTINGS) is OLD


def test_the_first_download_is_noted() -> None:
    none = Popularity(downloads=0, likes=0, checked=OLD.checked)
    one = Popularity(downloads=1, likes=0, checked=OLD.checked)
    assert noted(none, one, SETTINGS) is one


def test_a_trouble_is_noted_and_its_end_too() -> None:
    hurt = replace(OLD, trouble="unreachable")
    assert noted(OLD, hurt, SETTINGS) is hurt
    assert noted(hurt, OLD, SETTINGS) is OLD
    assert noted(hurt, replace(hurt, downloads=1001), SETTINGS) is hurt
