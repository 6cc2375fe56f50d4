"""Build the sample Hub's models.jsonl, and the front matter of its cards, from public facts.

    python scripts/build_sample_hub.py [--check] [--from ../shared/hub]

The facts come from the folder of Hub data (see the README there); the prose of the cards is
written by hand and left alone. What the sources do not say is left out: no sizes, no parameter
counts, no downloads of recent models. What is brought to today's shape, or filled in:

- front matter becomes ``cardData`` and, with the Hub's own prefixes, tags;
- ``model-index`` moves to the top level, as the Hub does it;
- ``createdAt`` of models of the 2022 dump is the earliest time the Hub keeps for any model;
- a revision is a sha1 of the id where no source states a commit (PLACEHOLDER below), a real
  commit otherwise;
- a gate is ``auto`` where a source says no more than that terms must be accepted, and there is
  none (``false``) where no source speaks of one;
- where no source lists the files, README.md is the only one, because the sample has it;
- the sample of 2024 knows tags alone: task and library are the tags that name one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from curation.roots import SAMPLE_HUB

#: The Hub began to keep creation times then; older models carry this one.
EARLIEST = "2022-03-02T23:29:04.000Z"
#: Front matter that is a fact; the rest (widgets, gates' prompts, thumbnails) is prose.
FRONT_KEYS = (
    "license", "license_name", "license_link", "language", "library_name", "pipeline_tag",
    "tags", "datasets", "metrics", "base_model",
)  # fmt: skip
#: Tags of 2022 that the Hub no longer serves.
RETIRED = {"autonlp_compatible", "infinity_compatible"}
#: How a source words a file format → the tag that the Hub derives from such files.
FORMAT_TAGS = {"gguf": "gguf", "onnx": "onnx", "safetensors": "safetensors", "pytorch": "pytorch"}

DUMP_2022, SAMPLE_2024, POPULAR_2024, SEED = (
    "hub-2022-02.parquet", "hub-2024-sample.parquet", "popular-2024.parquet", "seed-facts.jsonl",
)  # fmt: skip


#: What is in the sample, by the file that holds its facts.
MODELS = {
    DUMP_2022: (
        "Helsinki-NLP/opus-mt-zh-en", "ProsusAI/finbert", "Rostlab/prot_bert",
        "ThomasSimonini/ppo-LunarLander-v2", "cross-encoder/ms-marco-MiniLM-L-12-v2",
        "deepset/roberta-base-squad2", "dslim/bert-base-NER", "emilyalsentzer/Bio_ClinicalBERT",
        "epwalsh/bert-xsmall-dummy", "facebook/detr-resnet-50", "facebook/wav2vec2-base-960h",
        "google-bert/bert-large-uncased", "google/vit-base-patch16-224",
        "jacob-valdez/blenderbot-small-tflite", "jonatasgrosman/wav2vec2-large-xlsr-53-russian",
        "neuralmind/bert-base-portuguese-cased", "nlpaueb/legal-bert-base-uncased",
        "oliverguhr/german-sentiment-bert", "openai-community/gpt2",
        "sentence-transformers/all-MiniLM-L6-v2", "speechbrain/spkrec-ecapa-voxceleb",
        "unitary/toxic-bert", "vennify/t5-base-grammar-correction",
    ),
    POPULAR_2024: ("MahmoodLab/UNI", "WizardLMTeam/WizardCoder-15B-V1.0"),
    SAMPLE_2024: (
        "EmbeddedLLM/Mistral-7B-Merge-02-v0", "TheBloke/Llama-2-7B-Chat-GPTQ",
        "sd-dreambooth-library/smario-world-map", "tushkulange/tinyllama-text-to-sql-lora",
    ),
    SEED: (
        "Falconsai/nsfw_image_detection", "Qwen/Qwen2.5-Coder-0.5B-Instruct",
        "TheBloke/Mistral-7B-Instruct-v0.2-GGUF", "TinyLlama/TinyLlama-1.1B-Chat-v1.0",
        "Xenova/all-MiniLM-L6-v2", "amazon/chronos-t5-large",
        "cardiffnlp/twitter-roberta-base-sentiment-latest", "dima806/fairface_age_image_detection",
        "hexgrad/Kokoro-82M", "microsoft/table-transformer-detection",
        "mlx-community/Llama-3.2-3B-Instruct-4bit", "openai/whisper-large-v3",
        "openai/whisper-small.en", "pyannote/speaker-diarization-3.1",
        "timm/mobilenetv3_large_100.ra_in1k",
    ),
}  # fmt: skip
#: Models that have another id today; their facts stand under the old one.
RENAMED = {"bert-large-uncased": "google-bert/bert-large-uncased", "gpt2": "openai-community/gpt2"}
#: How a model came from its base models, where files or library leave no doubt.
RELATIONS = {
    "EmbeddedLLM/Mistral-7B-Merge-02-v0": "merge",
    "TheBloke/Llama-2-7B-Chat-GPTQ": "quantized",
    "TheBloke/Mistral-7B-Instruct-v0.2-GGUF": "quantized",
    "dima806/fairface_age_image_detection": "finetune",
    "hexgrad/Kokoro-82M": "finetune",
    "tushkulange/tinyllama-text-to-sql-lora": "adapter",
}
#: Facts that a source states in prose only.
STATED: dict[str, dict[str, Any]] = {
    "MahmoodLab/UNI": {"gated": "manual"},
    "TheBloke/Llama-2-7B-Chat-GPTQ": {
        "config": {"model_type": "llama", "quantization_config": {"quant_method": "gptq"}}
    },
    "openai/whisper-large-v3": {"sha": "d8411bd4e55c0bca39e60653a0fe26ae8591859a"},
}


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the sample Hub from public facts.")
    parser.add_argument("--from", dest="hub", type=Path, default=Path("../shared/hub"))
    parser.add_argument("--check", action="store_true", help="write nothing, fail on differences")
    options = parser.parse_args()
    stale = []
    for path, text in built(options.hub):
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for path in stale:
        print(path.relative_to(SAMPLE_HUB), "differs" if options.check else "written")
    return 1 if options.check and stale else 0


def built(hub: Path) -> Iterator[tuple[Path, str]]:
    """Every file of the sample Hub that this script is answerable for, and its text."""
    places = sorted((name, corpus) for corpus, names in MODELS.items() for name in names)
    payloads = [payload(name, hub / corpus) for name, corpus in places]
    yield SAMPLE_HUB / "models.jsonl", "".join(map(_line, payloads))
    yield SAMPLE_HUB / "renamed.json", json.dumps(RENAMED, indent=2, sort_keys=True) + "\n"
    for found in payloads:
        path = SAMPLE_HUB / "cards" / f"{found['id']}.md"
        if path.is_file():
            yield path, card(found, path.read_text(encoding="utf-8"))


def payload(model_id: str, corpus: Path) -> dict[str, Any]:
    """One model in today's shape, its facts read from a file of Hub data."""
    found = {
        "id": model_id,
        "modelId": model_id,
        "author": model_id.split("/")[0],
        "sha": _placeholder(model_id),
        "private": False,
        "gated": False,
        **_READERS[corpus.name](model_id, corpus),
        **STATED.get(model_id, {}),
    }
    found["cardData"] = {key: value for key, value in found["cardData"].items() if value}
    parents, relation = _listed(found["cardData"].get("base_model")), RELATIONS.get(model_id)
    if parents and relation:
        found["baseModels"] = {"relation": relation, "models": [{"id": name} for name in parents]}
    found["tags"] = _tags(found, parents, relation)
    return {key: value for key, value in found.items() if value not in (None, {}, [])}


def card(found: dict[str, Any], old: str) -> str:
    """The card with front matter that says what the payload says; its prose is kept."""
    front = dict(found.get("cardData", {}))
    if index := found.get("model-index"):
        front["model-index"] = index
    body = re.sub(r"\A---\n.*?^---\n", "", old, flags=re.DOTALL | re.MULTILINE)
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True) if front else ""
    return (f"---\n{head}---\n\n" if head else "") + body.lstrip("\n")


def _from_2022(model_id: str, corpus: Path) -> dict[str, Any]:
    once = {today: old for old, today in RENAMED.items()}
    row = _row(corpus, once.get(model_id, model_id))
    info, front = json.loads(row["info"]), _front(row["card"])
    config = info.get("config") or {}
    return {
        **{key: info.get(key) for key in ("sha", "lastModified", "pipeline_tag", "library_name")},
        "createdAt": EARLIEST,
        "downloads": info["downloads"],
        "likes": info["likes"],
        "tags": [tag for tag in info["tags"] if tag not in RETIRED],
        "siblings": [{"rfilename": file["rfilename"]} for file in info["siblings"]],
        "config": {key: config[key] for key in ("architectures", "model_type") if key in config},
        "cardData": {key: front.get(key) for key in FRONT_KEYS},
        "model-index": front.get("model-index"),
    }


def _from_sample(model_id: str, corpus: Path) -> dict[str, Any]:
    """Tags are all the metadata there is: task and library are the tags that name one."""
    row = _row(corpus, model_id)
    tags = sorted(tag for tag in row["tags"] if not tag.startswith("base_model:"))
    return {
        "tags": tags,
        "downloads": row["downloads"],
        "likes": row["likes"],
        "pipeline_tag": next((t for t in ("text-generation", "text-to-image") if t in tags), None),
        "library_name": next((t for t in ("peft", "diffusers", "transformers") if t in tags), None),
        "siblings": [{"rfilename": "README.md"}],
        "cardData": {
            "license": next((t.partition(":")[2] for t in tags if t.startswith("license:")), None),
            "language": ["en"] if "en" in tags else None,
            "base_model": sorted(
                t.partition(":")[2] for t in row["tags"] if t.startswith("base_model:")
            ),
        },
    }


def _from_popular(model_id: str, corpus: Path) -> dict[str, Any]:
    front = _front(_row(corpus, model_id)["card"])
    return {
        "tags": _listed(front.get("tags")),
        "pipeline_tag": front.get("pipeline_tag"),
        "library_name": front.get("library_name"),
        "siblings": [{"rfilename": "README.md"}],
        "cardData": {key: front.get(key) for key in FRONT_KEYS},
        "model-index": front.get("model-index"),
    }


def _from_seed(model_id: str, corpus: Path) -> dict[str, Any]:
    lines = corpus.read_text(encoding="utf-8").splitlines()
    facts = next(row["facts"] for row in map(json.loads, lines) if row["id"] == model_id)
    modified = facts.get("last_modified", "")
    front = {key: facts.get(key) for key in FRONT_KEYS} | {"language": facts.get("languages")}
    if any(":" in tag for tag in facts.get("tags", [])):
        del front["tags"]  # the Hub's list, not the author's
    files = dict.fromkeys(["README.md", *facts.get("files", [])])
    return {
        "sha": facts.get("revision_sha", _placeholder(model_id)),
        "lastModified": modified.replace("Z", ".000Z") if "T" in modified else None,
        "gated": "auto" if facts.get("gated") else False,
        "tags": [*facts.get("tags", []), *_format_tags(facts)],
        "pipeline_tag": facts.get("pipeline_tag"),
        "library_name": facts.get("library_name"),
        "config": {"model_type": facts["model_type"]} if "model_type" in facts else None,
        "siblings": [{"rfilename": name} for name in sorted(files)],
        "cardData": front,
    }


_READERS = {
    DUMP_2022: _from_2022,
    SAMPLE_2024: _from_sample,
    POPULAR_2024: _from_popular,
    SEED: _from_seed,
}


def _line(found: dict[str, Any]) -> str:
    return json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def _row(path: Path, model_id: str) -> dict[str, Any]:
    rows = pq.read_table(path, filters=[("id", "=", model_id)]).to_pylist()
    if not rows:
        sys.exit(f"{path} holds no {model_id}")
    return dict(rows[0])


def _front(text: str | None) -> dict[str, Any]:
    found = re.match(r"---\n(.*?)^---\n", text or "", flags=re.DOTALL | re.MULTILINE)
    return dict(yaml.safe_load(found.group(1)) or {}) if found else {}


def _tags(found: dict[str, Any], parents: list[str], relation: str | None) -> list[str]:
    """The tags as the Hub serves them: the author's, and those it derives from metadata."""
    front = found["cardData"]
    derived = [
        found.get("library_name"),
        found.get("pipeline_tag"),
        *_listed(front.get("tags")),
        *_listed(front.get("language")),
        *(f"dataset:{name}" for name in _listed(front.get("datasets"))),
        *(f"base_model:{name}" for name in parents),
        *(f"base_model:{relation}:{name}" for name in parents if relation),
        *(f"license:{name}" for name in _listed(front.get("license"))),
    ]
    return list(dict.fromkeys(tag for tag in [*found["tags"], *derived] if tag))


def _format_tags(facts: dict[str, Any]) -> Iterator[str]:
    for wording in facts.get("file_formats", []):
        yield from (tag for word, tag in FORMAT_TAGS.items() if wording.startswith(word))
        if "MLX" in wording:
            yield "mlx"


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value if item]
    return [str(value)] if value else []


def _placeholder(model_id: str) -> str:
    """PLACEHOLDER: stands for a commit that no source states; not a revision of the real Hub."""
    return hashlib.sha1(model_id.encode(), usedforsecurity=False).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
