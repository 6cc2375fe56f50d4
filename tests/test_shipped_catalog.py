"""The catalog that ships with the toolkit: it passes its own gate, and says what is known."""

from __future__ import annotations

import importlib.util
import json
import shutil
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import curation
from curation.cli.main import main
from curation.hub import advisor
from curation.release import build
from curation.release.release import Release
from curation.store.catalog import Catalog

ROOT = Path(__file__).parent.parent
HUB = ROOT.parent / "shared" / "hub"

#: What nineteen well-known models are for; none: general.
KNOWN = {
    "microsoft/table-transformer-detection": {"task:table-detection"},
    "microsoft/table-transformer-structure-recognition": {"task:table-structure-recognition"},
    "tech4humans/yolov8s-signature-detector": {"task:signature-detection"},
    "Falconsai/nsfw_image_detection": {"task:nsfw-detection"},
    "dima806/fairface_age_image_detection": {"task:age-estimation"},
    "trpakov/vit-face-expression": {"task:facial-expression-recognition"},
    "ProsusAI/finbert": {"domain:finance", "task:sentiment-analysis"},
    "pysentimiento/robertuito-sentiment-analysis": {
        "domain:social-media", "language:spanish", "task:sentiment-analysis",
    },
    "cardiffnlp/twitter-roberta-base-sentiment": {
        "domain:social-media", "task:sentiment-analysis",
    },
    "pyannote/voice-activity-detection": {"task:voice-activity-detection"},
    "pyannote/speaker-diarization-3.1": {"task:speaker-diarization"},
    "openai/whisper-small.en": {"language:english"},
    "jonatasgrosman/wav2vec2-large-xlsr-53-russian": {"language:russian"},
    "jonatasgrosman/wav2vec2-large-xlsr-53-portuguese": {"language:portuguese"},
    "bert-large-uncased": set(),
    "gpt2-large": set(),
    "openai/whisper-large-v3": set(),
    "microsoft/deberta-xlarge-mnli": set(),
    "google/vit-large-patch16-384": set(),
}  # fmt: skip


@cache
def release() -> Release:
    catalog = Catalog(ROOT / "catalog")
    return Release(catalog.settings.version, build.models(catalog))


@pytest.mark.parametrize("model_id", KNOWN)
def test_the_release_says_what_a_known_model_is_for(model_id: str) -> None:
    found = release()[model_id]
    assert set(found.specialization) == KNOWN[model_id]
    assert found.scope == ("specialized" if KNOWN[model_id] else "general")


def test_it_passes_its_own_gate(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["validate", "--all", "--json"]) == 0, capsys.readouterr().out


def test_a_release_is_built_of_it_and_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["release", "build", "--to", str(tmp_path)]) == 0, capsys.readouterr().out
    folder = tmp_path / release().version
    assert list(curation.load(folder)) == list(release())
    listed = advisor.read((folder / "advisor" / "models.json").read_bytes(), "models.json")
    left = json.loads((folder / "advisor" / "left-out.json").read_text())["left_out"]
    assert {*listed.decisions, *left} == {*release()}
    assert len(listed.decisions) >= 10
    assert main(["release", "check", str(folder)]) == 0
    assert "(none)" in capsys.readouterr().out


def test_every_decision_says_what_it_judged() -> None:
    catalog = Catalog(ROOT / "catalog")
    for model_id in catalog.ids():
        decided = catalog.override(model_id)
        for decision in (*decided.tags.values(), *decided.facts.values()):
            assert decision.judged, model_id
            assert len(decision.reason.split()) > 8, model_id


def test_it_is_what_its_sources_give(tmp_path: Path) -> None:
    if not HUB.is_dir():
        pytest.skip("the folder of Hub data is not here")
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    made = Catalog(tmp_path / "catalog")
    wrote, names = _script().write(made, HUB)
    assert (wrote, names) == (0, Catalog(ROOT / "catalog").ids())
    popularity = (tmp_path / "catalog" / "popularity.csv").read_bytes()
    assert popularity == (ROOT / "catalog" / "popularity.csv").read_bytes()


def test_it_holds_what_it_must() -> None:
    if not HUB.is_dir():
        pytest.skip("the folder of Hub data is not here")
    script = _script()
    named = script._advisor(HUB / script.ADVISOR) - script.DUPLICATES.keys()
    seeds = {json.loads(line)["id"] for line in (HUB / script.SEED).read_text().splitlines()}
    assert {*named, *seeds} <= {*Catalog(ROOT / "catalog").ids()}
    assert len(named) == 124  # 130, less 2 placeholders, 3 duplicates and 1 old name


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_catalog", ROOT / "scripts/build_catalog.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
