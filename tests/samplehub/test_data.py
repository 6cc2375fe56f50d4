from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from curation import ids
from curation.card import parse
from curation.hub.payload import decode, facts
from curation.roots import SAMPLE_HUB

LINES = (SAMPLE_HUB / "models.jsonl").read_text(encoding="utf-8").splitlines()
PAYLOADS = {payload["id"]: payload for payload in map(json.loads, LINES)}
CARDS = sorted((SAMPLE_HUB / "cards").rglob("*.md"))


def id_of(card: Path) -> str:
    return card.relative_to(SAMPLE_HUB / "cards").with_suffix("").as_posix().removesuffix(".md")


def path_of(model_id: str) -> Path:
    return SAMPLE_HUB / "cards" / f"{model_id}.md"


def test_some_forty_models_in_order() -> None:
    assert 40 <= len(PAYLOADS) == len(LINES)
    assert list(PAYLOADS) == sorted(PAYLOADS)


def test_lines_are_compact_and_sorted() -> None:
    for line in LINES:
        compact = json.dumps(
            json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        assert line == compact


def test_the_whole_stays_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE_HUB.rglob("*") if path.is_file()) < 150_000


@pytest.mark.parametrize("model_id", PAYLOADS)
def test_a_payload_has_no_flaws_and_a_legal_id(model_id: str) -> None:
    found = decode(json.dumps(PAYLOADS[model_id]))
    assert found.flaws == ()
    assert (found.name, found.legacy_id) == (model_id, model_id)
    assert ids.refusal(model_id) is None
    assert not ids.client_refuses(model_id)
    assert facts(found).revision is not None


@pytest.mark.parametrize("model_id", PAYLOADS)
def test_todays_client_takes_the_payload(model_id: str) -> None:
    from huggingface_hub.hf_api import ModelInfo

    info = ModelInfo(**PAYLOADS[model_id])
    assert (info.id, info.gated) == (model_id, PAYLOADS[model_id]["gated"])


@pytest.mark.parametrize("model_id", PAYLOADS)
def test_a_card_is_there_exactly_if_the_files_say_so(model_id: str) -> None:
    named = {file["rfilename"] for file in PAYLOADS[model_id]["siblings"]}
    assert path_of(model_id).is_file() == ("README.md" in named)


@pytest.mark.parametrize("path", CARDS, ids=id_of)
def test_a_card_parses_and_says_what_the_payload_says(path: Path) -> None:
    payload = PAYLOADS[id_of(path)]
    card = parse(path.read_text(encoding="utf-8"))
    assert card.flaws == ()
    assert card.title is not None
    stated: dict[str, Any] = dict(payload.get("cardData", {}))
    if "model-index" in payload:
        stated["model-index"] = payload["model-index"]
    assert card.front == stated


def test_renamed_models_are_in_the_sample_under_todays_id() -> None:
    renamed = json.loads((SAMPLE_HUB / "renamed.json").read_text(encoding="utf-8"))
    assert renamed["bert-large-uncased"] == "google-bert/bert-large-uncased"
    assert set(renamed.values()) <= set(PAYLOADS)
    assert set(renamed).isdisjoint(PAYLOADS)


def test_every_kind_of_model_is_there() -> None:
    found = {model_id: facts(decode(json.dumps(p))) for model_id, p in PAYLOADS.items()}
    relations = {base.relation for said in found.values() for base in said.base_models}
    assert relations >= {"adapter", "finetune", "merge", "quantized"}
    assert {said.gated for said in found.values()} == {False, "auto", "manual"}
    assert any(said.quantization for said in found.values())
    assert any(said.results for said in found.values())
    assert len({said.task for said in found.values()}) > 12
    assert len({code for said in found.values() for code in said.languages}) > 5


def sentences(text: str) -> Iterator[str]:
    """Sentences of five words and more outside of front matter, headings, code and tables."""
    body = re.sub(r"\A---\n.*?^---\n", "", text, flags=re.DOTALL | re.MULTILINE)
    body = re.sub(r"^(```|~~~).*?^\1", "\n\n", body, flags=re.DOTALL | re.MULTILINE)
    body = re.sub(r"^\s*[|#].*$", "\n", body, flags=re.MULTILINE)
    for paragraph in re.split(r"\n\s*\n|\n\s*[-*]+ ", body):
        for sentence in re.split(r"(?<=[.:!?])\s", paragraph):
            words = re.findall(r"\w+", sentence.lower())
            if len(words) >= 5:
                yield " ".join(words)


def real_cards(project: Path) -> dict[str, str]:
    import pyarrow.parquet as pq

    folder = project.parent / "shared/hub"
    if not folder.is_dir():
        pytest.skip("the public Hub data is not beside the project")
    renamed = json.loads((SAMPLE_HUB / "renamed.json").read_text(encoding="utf-8"))
    cards = {}
    for path in sorted(folder.glob("*.parquet")):
        table = pq.read_table(path, columns=["id", "card"]).to_pydict()
        for model_id, card in zip(table["id"], table["card"], strict=True):
            today = renamed.get(model_id, model_id)
            if card and today in PAYLOADS:
                cards[f"{path.stem} {today}"] = card
    return cards


def test_no_sentence_is_taken_from_the_real_card(project: Path) -> None:
    shared = {
        name: found
        for name, card in real_cards(project).items()
        if (ours := path_of(name.split()[1])).is_file()
        and (found := set(sentences(card)) & set(sentences(ours.read_text(encoding="utf-8"))))
    }
    assert shared == {}


CARD = """---
a: b
---
# A title of many good words

One two three four five. Too short.
```
x = a + b + c + d + e
```
| a b c d e f |
"""


def test_sentences_are_told_apart() -> None:
    assert list(sentences(CARD)) == ["one two three four five"]
