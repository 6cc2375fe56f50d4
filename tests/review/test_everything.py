from __future__ import annotations

from curation.records import Record
from curation.review import State, changes
from curation.store.popularity import Popularity


def state(*records: Record, **likes: int) -> State:
    return State(
        name="s",
        records={one.id: one for one in records},
        popularity={name: Popularity(likes=count) for name, count in likes.items()},
    )


def test_the_counts_of_models_that_come_and_go_are_no_change_of_their_own() -> None:
    old = state(Record(id="gone"), Record(id="was"), gone=1, was=1, stays=1)
    new = state(Record(id="came"), Record(id="now", aliases=("was",)), came=1, now=1, stays=2)
    assert [(one.kind, one.id) for one in changes(old, new)] == [
        ("removed", "gone"),
        ("renamed", "now"),
        ("added", "came"),
        ("popularity", "stays"),
    ]
