from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from curation import canonical
from curation.errors import InputError, UsageError
from curation.records import Record
from curation.review import read
from curation.review.sides import ReleaseSide

OVERRIDE = b"""[tags.languages]
value = ["ru"]
reason = "the card"
by = "ann"
on = 2026-01-01
"""
WHOLE = {
    "models/o/m.json": canonical.dumps(Record(id="o/m")).encode(),
    "overrides/o/m.toml": OVERRIDE,
    "catalog.toml": b'name = "c"\nversion = "1.0.0"\n',
    "popularity.csv": b"id,downloads,likes,checked\no/m,1,2,\n",
    "tombstones.toml": b'[[tombstones]]\nid = "o/x"\non = 2026-01-01\nreason = "r"\n',
    "waivers.toml": b"",
    "rejections.toml": b"",
    "README.md": b"anything",
}


class Memory:
    """A side that lies nowhere; what was read of it is kept."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.name = "memory"
        self._files = files
        self.seen: list[str] = []

    def listing(self) -> dict[str, str]:
        return {path: canonical.hash_bytes(data) for path, data in self._files.items()}

    def read(self, paths: Sequence[str], hashes: Sequence[str]) -> Iterator[bytes]:
        self.seen += paths
        return (self._files[path] for path in paths)


def test_everything_that_differs_is_read() -> None:
    old, new = read(Memory({}), Memory(WHOLE))
    assert old.records == {}
    assert list(new.records) == ["o/m"]
    assert new.overrides["o/m"].tags["languages"].by == "ann"
    assert new.settings
    assert new.popularity["o/m"].likes == 2
    assert new.tombstones[0].id == "o/x"


def test_what_is_the_same_on_both_sides_is_not_read() -> None:
    base, head = Memory(WHOLE), Memory({**WHOLE, "waivers.toml": b"# none\n"})
    read(base, head)
    assert base.seen == head.seen == ["waivers.toml"]


def test_a_record_is_read_with_its_override_and_the_other_way_round() -> None:
    record = canonical.dumps(Record(id="o/m", aliases=("x",))).encode()
    base, head = Memory(WHOLE), Memory({**WHOLE, "models/o/m.json": record})
    read(base, head)
    assert base.seen == ["models/o/m.json", "overrides/o/m.toml"]
    base, head = Memory(WHOLE), Memory({**WHOLE, "overrides/o/m.toml": OVERRIDE + b"\n"})
    old, new = read(base, head)
    assert old.records == new.records != {}


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("models/o/m.json", b"{", r"models/o/m\.json \(memory\):1: not JSON"),
        ("overrides/o/m.toml", b"[", r"overrides/o/m\.toml \(memory\):1: not TOML"),
        ("overrides/a b.toml", OVERRIDE, "not a model id"),
        ("rules/own.toml", b"[", r"rules/own\.toml \(memory\): not a rule pack"),
        ("popularity.csv", b"x", r"popularity\.csv \(memory\):1: expected the header"),
        ("catalog.toml", b"x = 1", r"catalog\.toml \(memory\)"),
        ("waivers.toml", b"x = 1", r"waivers\.toml \(memory\)"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_side(path: str, data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(Memory({}), Memory({path: data}))


def test_a_release_has_no_files_to_compare(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError, match="is a release: it has no records"):
        read(Memory({}), ReleaseSide(tmp_path, "dist/1.0.0"))
