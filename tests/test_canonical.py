from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from curation import canonical
from curation.records import Evidence, FacetTags, Facts, File, Record, Tag, Tags

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@given(JSON)
def test_canonical_text_means_the_same(value: Any) -> None:
    assert json.loads(canonical.dumps(value)) == value


@given(st.dictionaries(st.text(), JSON))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical.dumps(turned) == canonical.dumps(value)
    assert canonical.digest(turned) == canonical.digest(value)


def test_list_items_stand_on_lines_of_their_own() -> None:
    text = canonical.dumps({"b": [{"y": 1, "x": "é"}, {}], "a": ["q", "p"]})
    assert text.splitlines() == [
        "{",
        '  "a": [',
        '    "q",',
        '    "p"',
        "  ],",
        '  "b": [',
        '    {"x": "é", "y": 1},',
        "    {}",
        "  ]",
        "}",
    ]
    assert text.endswith("}\n")


def test_a_tag_keeps_each_piece_of_evidence_on_one_line() -> None:
    evidence = Evidence(rule="r", signal="tag", term="{ [", weight=1.0)
    tag = Tag(value="x", confidence=0.9, evidence=(evidence,))
    record = Record(
        id="a/b",
        facts=Facts(files=(File(path="f", size=3),)),
        tags=Tags(task=FacetTags(state="known", values=(tag,))),
    )
    lines = [line.strip() for line in canonical.dumps(record).splitlines()]
    assert '{"line": null, "rule": "r", "signal": "tag", "term": "{ [", "weight": 1.0}' in lines
    assert '{"path": "f", "size": 3}' in lines


def test_hashes_say_how_they_were_made() -> None:
    assert canonical.hash_bytes(b"").startswith("sha256:e3b0c44298fc1c14")
    assert len(canonical.digest([])) == len("sha256:") + 64
