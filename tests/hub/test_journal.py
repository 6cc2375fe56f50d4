"""What a sync that was broken off leaves to the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.hub.journal import Journal
from curation.store.popularity import Popularity

HUB, NOW, LATER = "https://hub", "2026-11-20T03:00:00Z", "2026-11-20T05:00:00Z"
ROW = Popularity(downloads=5, likes=2, checked=NOW)


def written(path: Path, *names: str) -> None:
    journal = Journal(path, HUB, NOW)
    for name in names:
        journal.note(name, ROW)
    journal.close()


def test_a_run_goes_on_where_one_was_broken_off(tmp_path: Path) -> None:
    path = tmp_path / "sync" / "journal.jsonl"
    written(path, "a/one", "a/two")
    journal = Journal(path, HUB, LATER)
    assert (dict(journal.done), journal.since) == ({"a/one": ROW, "a/two": ROW}, NOW)
    journal.note("a/three", ROW)
    journal.close()
    again = Journal(path, HUB, LATER)
    assert set(again.done) == {"a/one", "a/two", "a/three"}
    again.finish()
    assert not path.exists()


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_line_that_was_cut_costs_only_itself(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "journal.jsonl"
    written(path, "a/one", "a/two")
    path.write_bytes(path.read_bytes()[:-cut])
    journal = Journal(path, HUB, LATER)
    assert set(journal.done) == {"a/one"} | ({"a/two"} if cut == 1 else set())
    journal.note("a/three", ROW)
    journal.close()
    assert "a/three" in Journal(path, HUB, LATER).done


@pytest.mark.parametrize(
    ("hub", "now"),
    [
        ("https://other", LATER),
        (HUB, "2026-11-20T10:00:00Z"),
        (HUB, "2026-11-20T02:59:59Z"),  # a clock was set back
        (HUB, "2031-01-01T00:00:00Z"),
    ],
)
def test_another_hub_or_time_starts_anew(tmp_path: Path, hub: str, now: str) -> None:
    path = tmp_path / "journal.jsonl"
    written(path, "a/one")
    journal = Journal(path, hub, now)
    assert (dict(journal.done), journal.since) == ({}, None)
    journal.note("a/two", ROW)
    journal.close()
    assert set(Journal(path, hub, now).done) == {"a/two"}


@pytest.mark.parametrize("content", [b"", b"\n", b"{", b"[]\n", b'{"endpoint": 3}\n', b"\xff\n"])
def test_what_is_no_journal_says_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(content)
    assert dict(Journal(path, HUB, NOW).done) == {}


def test_a_run_that_notes_nothing_writes_nothing(tmp_path: Path) -> None:
    Journal(tmp_path / "journal.jsonl", HUB, NOW).finish()
    assert list(tmp_path.iterdir()) == []
