from __future__ import annotations

from pathlib import Path

import pytest

from curation import evidence
from curation.records import Evidence, FacetTags, Tag
from curation.store import judgements
from curation.store.judgements import Judgements

SAID = Evidence(rule="r", signal="title", term="bees", line=3, weight=1.0)
FACET = FacetTags(state="known", values=(Tag(value="food", confidence=0.5, evidence=(SAID,)),))


def test_what_was_judged_is_found_by_its_hash(tmp_path: Path) -> None:
    memory = Judgements(skipped={"a": "b"}, stated={"c": "d"})
    memory.remember([FACET])
    judgements.save(tmp_path, memory)
    again = judgements.load(tmp_path)
    assert again == memory
    assert again.judged[evidence.judged(FACET)] == [("food", "r", "title", "bees")]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"judged": 1}'])
def test_a_broken_memory_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / judgements.FILE).write_bytes(data)
    assert judgements.load(tmp_path) == Judgements()
